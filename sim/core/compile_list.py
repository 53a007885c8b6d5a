"""Which functions are compiled for which types: found by running something as plain Python.

No list has to be kept, so none can be out of date: the tables are the declared ones and the calls
are those that are really made.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from sim.core.compiled import Compiled, Elementwise, compiler

Call = tuple[Compiled, tuple[Any, ...]]


def calls_of(*parts: Callable[[], object]) -> list[list[Call]]:
    """Return the calls of compiled functions from Python that the parts of a run make, in turn.

    Each kind of call is in the part that makes it first.
    """
    found: dict[Any, Call] = {}
    within = [False]

    def recorded(function: Compiled) -> Callable[..., Any]:
        plain = function.interpreted

        def call(*args: Any) -> Any:
            if within[0]:  # one compiled function calls another
                return plain(*args)
            found.setdefault((id(function), *map(_kind, args)), (function, args))
            within[0] = True
            try:
                return plain(*args)
            finally:
                within[0] = False

        return call

    Compiled.instead = staticmethod(recorded)
    ends = [0]
    try:
        for part in parts:
            part()
            ends.append(len(found))
    finally:
        Compiled.instead = None
    calls = list(found.values())
    return [calls[begin:end] for begin, end in itertools.pairwise(ends)]


def compile_call(call: Call) -> None:
    """Compile a function for the types of one call, or load it where it has been."""
    function, args = call
    compiler()
    if isinstance(function, Elementwise):
        _ = function.ufunc
        return
    import numba

    function.dispatcher.compile(tuple(numba.typeof(one) for one in args))


def _kind(value: Any) -> Any:
    """Return what tells the types of two arguments apart."""
    if isinstance(value, tuple):
        return (type(value), *map(_kind, value))
    if hasattr(value, "_record"):
        return (value._record, *map(_kind, value))
    if hasattr(value, "flags"):
        return value.dtype, value.ndim, value.flags.num if hasattr(value.flags, "num") else 0
    return type(value)
