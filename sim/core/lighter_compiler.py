"""The compiler without work that nobody sees: no clock on each call of LLVM, no long way to names.

Numba notes the beginning and end of each of some hundred thousand calls of LLVM, for tracers that
nobody has attached, and asks every part of every statement for its kind, four times over, each
time that it lists variables.  Neither changes what is compiled.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


@functools.cache
def lighten() -> bool:
    """Leave that work out, once; return False where this Numba works otherwise."""
    try:
        from llvmlite.binding.ffi import lib
        from numba.core import config, ir

        callbacks = lib._lock._cblist
        if not config.CHROME_TRACE and all(map(_is_numbas, callbacks)):
            callbacks.clear()
        ir.Inst._rec_list_vars = _lister(ir)
    except (ImportError, AttributeError, TypeError):
        return False
    return True


def _is_numbas(pair: Any) -> bool:
    return all(one.__module__ == "numba.core.base" for one in pair)


def _lister(ir: Any) -> Callable[[Any, Any], list[Any]]:
    """Return what lists the variables in a value, as `Inst._rec_list_vars` does."""
    ways: dict[type, int] = {}

    def way_of(kind: type) -> int:
        order = (ir.Var, ir.Inst, (list, tuple), dict)
        return next((k for k, one in enumerate(order, 1) if issubclass(kind, one)), 0)

    def listed(self: Any, value: Any) -> list[Any]:
        kind = type(value)
        way = ways.get(kind)
        if way is None:
            way = ways[kind] = way_of(kind)
        if way == 1:
            return [value]
        if way == 2:
            found: list[Any] = value.list_vars()
            return found
        if way == 0:
            return []
        found = []
        for part in value if way == 3 else value.values():
            if ways.get(type(part)) != 0:
                found += listed(self, part)
        return found

    return listed
