"""How code is compiled: two decorators that cost nothing until first use.

The compiler takes most of a second to import, so it is imported when a compiled function is first
called: reading a scenario never waits for it.  What was compiled once is kept (`compile_cache`).
With NUMBA_DISABLE_JIT=1 nothing is compiled, and every function runs as the Python that it is.
"""

from __future__ import annotations

import functools
import gc
import inspect
import os
import types
from collections.abc import Callable
from typing import Any, ClassVar

from sim.core.interpreted import interpreted, over_arrays

# by the user's will, as Numba reads it
INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}


class Compiled:
    """A function that is compiled when first called, alone or from another compiled function.

    `instead`, where set, makes what a call from Python calls.
    """

    # what a call calls is a slot: from the second call on, Python passes straight on to it
    __slots__ = ("__call__", "__dict__", "__weakref__")
    __call__: Callable[..., Any]
    instead: ClassVar[Callable[[Compiled], Callable[..., Any]] | None] = None

    def __init__(self, function: Callable[..., Any]):
        functools.update_wrapper(self, function)
        self.python = function
        self.__call__ = self._first_call

    @functools.cached_property
    def dispatcher(self) -> Any:
        """The compiled function, for calls from Python."""
        return compiler()(self.python, "called")

    @functools.cached_property
    def inner(self) -> Any:
        """The compiled function for calls from compiled code.

        What lets Python call it takes as long to compile as a short function itself.
        """
        return compiler()(_twin(self.python), "inner", no_cpython_wrapper=True)

    @functools.cached_property
    def call(self) -> Callable[..., Any]:
        """What a call from Python calls."""
        if Compiled.instead is not None:
            return Compiled.instead(self)
        return self.interpreted if INTERPRETED else self.dispatcher

    @property
    def interpreted(self) -> Callable[..., Any]:
        """The function as plain Python."""
        return interpreted(self.python)

    def _first_call(self, *args: Any) -> Any:
        self.__call__ = self.call
        return self.call(*args)


def compiled(function: Callable[..., Any]) -> Compiled:
    """Mark a function for compilation on first call, from cache where possible."""
    return Compiled(function)


class Elementwise(Compiled):
    """A formula over numbers that is compiled, when first called, for arrays of any shape.

    Arguments are broadcast together, as by any universal function of NumPy; a formula of a dozen
    steps then costs a small branch one pass instead of a dozen.  Compiled code calls it with
    numbers.
    """

    @functools.cached_property
    def call(self) -> Callable[..., Any]:
        """What a call from Python calls."""
        if Compiled.instead is not None:
            return Compiled.instead(self)
        return self.interpreted if INTERPRETED else self.ufunc

    @property
    def interpreted(self) -> Callable[..., Any]:
        """The formula as plain Python."""
        return over_arrays(self.python)

    @functools.cached_property
    def ufunc(self) -> Callable[..., Any]:
        """The universal function, of floats alone."""
        compiler()
        from numba import vectorize

        from sim.core.compile_store import cache_class

        kept = cache_class()
        floats = ",".join(["float64"] * len(inspect.signature(self.python).parameters))
        self._made = vectorize([], cache=kept is None)(self.python)
        if kept is not None:
            self._made._dispatcher.cache = kept(self.python, "elementwise")
        self._made.add(f"float64({floats})")
        self._made.disable_compile()
        return self._made.ufunc  # NumPy's own, which is called in less time


def elementwise(function: Callable[..., Any]) -> Elementwise:
    """Mark a formula over numbers for compilation on first call, from cache where possible."""
    return Elementwise(function)


def _twin(function: Any) -> Any:
    """Return a function of the same code under a name of its own, since the compiler goes by it."""
    twin = types.FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__,
        function.__closure__,
    )  # fmt: skip
    twin.__qualname__ = f"{function.__qualname__}.inner"
    twin.__module__, twin.__doc__ = function.__module__, function.__doc__
    return twin


@functools.cache
def compiler() -> Callable[..., Any]:
    """Import the compiler, teach it faces and `Compiled` functions; return what compiles one.

    It is given a function, what the result is for, and options.
    """
    import numba
    from numba.core import event
    from numba.core import types as numba_types
    from numba.extending import typeof_impl

    import sim.core.native  # noqa: F401  (teaches the compiler what a face is)
    from sim.core.compile_cache import fall_back
    from sim.core.compile_store import cache_class
    from sim.core.lighter_compiler import lighten
    from sim.core.remembered_calls import remember_calls
    from sim.core.returned_arrays import return_arrays

    lighten()
    remember_calls()
    return_arrays()
    kept = cache_class()
    if kept is None and (folder := fall_back(numba.__version__)):
        numba.config.CACHE_DIR = folder  # type: ignore[attr-defined]
    event.register("numba:compile", _uncollected(event.Listener))

    @typeof_impl.register(Compiled)
    def type_of(value: Compiled, context: Any) -> Any:
        return numba_types.Dispatcher(value.inner)

    def make(function: Any, what: str, **options: Any) -> Any:
        made = numba.njit(**OPTIONS, **options, cache=kept is None)(function)
        if kept is not None:
            made._cache = kept(function, what)
        return made

    return make


def _uncollected(listener: Any) -> Any:
    """Return a listener that keeps Python from looking for garbage while something is compiled.

    A compiler makes objects by the million and drops them all; to look through them again and again
    takes a sixth of its time.
    """

    class Uncollected(listener):  # type: ignore[misc]
        depth, enabled = 0, False

        def on_start(self, event: Any) -> None:
            if self.depth == 0:
                self.enabled = gc.isenabled()
                gc.disable()
            self.depth += 1

        def on_end(self, event: Any) -> None:
            self.depth -= 1
            if self.depth == 0 and self.enabled:
                gc.enable()

    return Uncollected()
