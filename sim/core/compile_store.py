"""Under what compiled code is kept: one file for a function, the types of one call and a processor.

A file is named after everything that it was made of (`sim.core.compile_key`).  So nothing in it is
ever out of date, and processes that write at the same time cannot mix anything up.  Numba shows no
public way to choose the key; where an installed version lacks the private one that is used here,
its own cache is used, in a folder named after the contents of every source file.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.core.compile_cache import folder, watch
from sim.core.compile_key import key_of

SETTINGS = (
    "BOUNDSCHECK", "OPT", "LOOP_VECTORIZE", "SLP_VECTORIZE", "DEBUGINFO_DEFAULT", "USING_SVML",
    "LLVM_REFPRUNE_PASS", "DISABLE_JIT",
)  # fmt: skip
FRESH = 24 * 3600.0  # seconds after which the use of a file is noted again


def described(kind: Any) -> str:
    """Return a type of an argument with all that tells it from others, fields in their order."""
    names = getattr(kind, "fields", None)
    inner = getattr(kind, "types", None)
    if names is not None and inner is not None:
        parts = ", ".join(f"{n}: {described(t)}" for n, t in zip(names, inner, strict=True))
        return f"{type(kind).__name__} {kind.instance_class.__qualname__}({parts})"
    if inner is not None:
        return f"{type(kind).__name__}({', '.join(map(described, inner))})"
    return f"{type(kind).__name__} {kind} {getattr(kind, 'aligned', '')}"


def _settings() -> list[object]:
    """Return the compiler's settings that its user may change and that make other code."""
    from numba import config

    return [getattr(config, name, None) for name in SETTINGS]


class Store:
    """The files of one function; each holds what the compiler made of it for one set of types."""

    def __init__(self, function: Callable[..., Any], what: str):
        module = function.__module__.rpartition(".")[2]
        self.name = f"{module}.{function.__name__}"
        self.key = f"{what} {function.__module__} {key_of(function)}"

    def path(self, signature: Any, processor: Any) -> Path:
        """Return the file for some types on a processor."""
        types = [described(one) for one in getattr(signature, "args", signature)]
        returns = str(getattr(signature, "return_type", ""))
        whole = repr((self.key, types, returns, processor, _settings()))
        return folder() / f"{self.name}-{hashlib.sha256(whole.encode()).hexdigest()[:24]}.code"

    def load(self, path: Path) -> Any:
        """Return what a file holds, or None where there is none or it is damaged."""
        try:
            data = pickle.loads(path.read_bytes())
            if path.stat().st_mtime < time.time() - FRESH:
                os.utime(path)
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return None
        return data

    def save(self, path: Path, data: bytes) -> None:
        """Write a file in one step, so that half a file is never read."""
        part = ""
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                part = file.name
                file.write(data)
            os.replace(part, path)
        except OSError:  # a full disk costs time, not the run
            if part:
                Path(part).unlink(missing_ok=True)


@functools.cache
def cache_class() -> Any:
    """Return the class of caches for Numba's dispatchers, or None where Numba has no such thing."""
    try:
        from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
        from numba.core.serialize import dumps
    except ImportError:
        return None

    class Locator(_CacheLocator):
        """Says where the files of a function lie."""

        def __init__(self, function: Any, file: str):
            self._py_file = file

        def get_cache_path(self) -> str:
            return str(folder())

        def get_source_stamp(self) -> str:
            return ""

        def get_disambiguator(self) -> str:
            return ""

        @classmethod
        def from_function(cls, function: Any, file: str) -> Any:
            return cls(function, file)

    class Impl(CompileResultCacheImpl):
        """Turns what the compiler made into something that can be written, and back."""

        _locator_classes = [Locator]  # noqa: RUF012

    class KeptCache(FunctionCache):
        """Asks the store in the place of Numba's index of files."""

        _impl_class = Impl

        def __init__(self, function: Any, what: str):
            super().__init__(function)
            self.store = Store(function, what)

        def _load_overload(self, signature: Any, context: Any) -> Any:
            path = self.store.path(signature, context.codegen().magic_tuple())
            data = self.store.load(path)
            if data is None:
                watch.miss()
                return None
            return self._impl.rebuild(context, data)

        def _save_overload(self, signature: Any, made: Any) -> None:
            if self._impl.check_cachable(made):
                path = self.store.path(signature, made.codegen.magic_tuple())
                self.store.save(path, dumps(self._impl.reduce(made)))

    try:
        KeptCache(key_of, "tried")
    except (AttributeError, TypeError, RuntimeError):  # whatever another version lacks
        return None
    return KeptCache
