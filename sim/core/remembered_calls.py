"""The compiler remembers what a call of a builtin, such as a sum of two numbers, comes to.

Numba asks each of some fifty implementations again for every call, of which a rule holds dozens
with arguments of the same few types; that takes a quarter of the time to compile a model.  The
answer depends on the types, the compiler's options and its context alone, so it may be kept.
"""

from __future__ import annotations

import functools
from typing import Any

from numba.core import types

PLAIN = (
    types.Number, types.Boolean, types.Literal, types.Array, types.BaseTuple, types.SliceType,
    types.NoneType,
)  # fmt: skip


@functools.cache
def remember_calls() -> bool:
    """Make the compiler remember, once; return False where this Numba works otherwise."""
    try:
        from numba.core.targetconfig import ConfigStack
        from numba.core.types.functions import BaseFunction

        resolve = BaseFunction.get_call_type
        options_now = ConfigStack.top_or_none
    except (ImportError, AttributeError):
        return False

    def get_call_type(self: Any, context: Any, args: Any, kws: Any) -> Any:
        """Return the signature of a call, as `BaseFunction.get_call_type` does."""
        named = tuple(dict(kws).items())
        if not all(isinstance(one, PLAIN) for one in (*args, *(kind for _, kind in named))):
            return resolve(self, context, args, kws)
        # options are compared as text: some of them have no hash
        options = repr(getattr(options_now(), "_values", None))
        key = (self, context, tuple(args), named, options)
        found = known.get(key)
        # an implementation is looked up in this type when machine code is written
        if found is None or found.args not in self._impl_keys:
            found = known[key] = resolve(self, context, args, kws)
        return found

    known: dict[Any, Any] = {}
    BaseFunction.get_call_type = get_call_type  # type: ignore[method-assign]
    return True
