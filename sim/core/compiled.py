"""How code is compiled: one decorator that costs nothing until first use, and a cache that
cannot go stale.

The compiler takes most of a second to import, so it is imported when a compiled function is first
called: reading a scenario never waits for it.  Numba notices a change in the file of a function,
not in the files of the functions that it calls; so the cache lives in a folder named after the
contents of every file that holds compiled code.  It is kept with the user's caches, since an
installed package may be read-only.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOMS = ("core", "credit", "state", "mechanisms", "world")
KEPT = 4  # caches of earlier sources that are left in place
IN_USE = 7 * 24 * 3600.0  # seconds since its last use in which no cache is removed


class Compiled:
    """A function that is compiled when first called, alone or from another compiled function."""

    def __init__(self, function: Callable[..., Any]):
        functools.update_wrapper(self, function)
        self.python = function

    @functools.cached_property
    def dispatcher(self) -> Any:
        """The compiled function."""
        return compiler()(cache=True, error_model="numpy", nogil=True)(self.python)

    def __call__(self, *args: Any) -> Any:
        return self.dispatcher(*args)


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
    def ufunc(self) -> Any:
        """The universal function, of floats alone."""
        compiler()  # chooses the cache
        from numba import vectorize

        floats = ",".join(["float64"] * len(inspect.signature(self.python).parameters))
        self._made = vectorize([f"float64({floats})"], cache=True)(self.python)
        return self._made.ufunc  # NumPy's own, which is called in less time

    def __call__(self, *args: Any) -> Any:
        return self.ufunc(*args)


def elementwise(function: Callable[..., Any]) -> Elementwise:
    """Mark a formula over numbers for compilation on first call, from cache where possible."""
    return Elementwise(function)


@functools.cache
def compiler() -> Any:
    """Import the compiler, choose its cache, teach it faces and to call `Compiled` functions."""
    import numba
    from numba.core import types
    from numba.extending import typeof_impl

    import sim.core.native  # noqa: F401  (teaches the compiler what a face is)

    folder = cache_folder(numba.__version__)
    if folder:
        numba.config.CACHE_DIR = folder  # type: ignore[attr-defined]

    @typeof_impl.register(Compiled)
    def type_of(value: Compiled, context: Any) -> Any:
        return types.Dispatcher(value.dispatcher)

    return numba.njit


def cache_folder(version: str) -> str:
    """Return the cache of these sources, or '' where the user chose one or none can be made."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return ""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "smelend" / "compiled"
    folder = home / source_digest(version)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        used = sorted(((path.stat().st_mtime, path) for path in home.iterdir()), reverse=True)
    except OSError:
        return ""
    for when, path in used[KEPT:]:
        if when < time.time() - IN_USE:  # a later one may still be run by somebody
            shutil.rmtree(path, ignore_errors=True)
    return str(folder)


def source_digest(version: str) -> str:
    """Return a short hash of the sources of all rooms with compiled code, and of the versions."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256(f"{sys.version_info[:2]} {version}".encode())
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
