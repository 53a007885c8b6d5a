"""Where compiled code is kept between runs, and under what: one file for what one call needs.

A file is named after the function, everything that it is made of (`sim.core.compile_key`), the
types it is called with, and the processor; versions of Python, Numba and NumPy name the folder.  So
nothing in it is ever out of date, and processes that fill it at the same time cannot mix anything up.
It lies with the user's caches, since an installed package may be read-only.

Numba shows no public way to choose the key; where an installed version lacks the private one that is
used here, its own cache is used, in a folder named after the contents of every source file.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from sim.core.compile_key import key_of

IN_USE = 30 * 24 * 3600.0  # seconds since its last use in which nothing is removed
FRESH = 24 * 3600.0  # seconds after which the use of a file is noted again
MANY = 3  # functions to compile, from which on it takes more than a second
TAUGHT = ("native.py", "face.py", "compiled.py")  # what tells the compiler about our own types


class Watch:
    """Counts what was not in the cache and had to be compiled, and tells who asked to be told."""

    def __init__(self) -> None:
        self.missed = 0
        self.listeners: list[Callable[[], None]] = []

    def miss(self) -> None:
        """Note that something has to be compiled; at the third, say that this will take a while."""
        self.missed += 1
        if self.missed >= MANY:
            with contextlib.suppress(OSError):
                (home() / "compiling").touch()
        if self.missed == MANY:
            for tell in self.listeners:
                tell()


watch = Watch()


def compiled_since(when: float) -> bool:
    """Return whether any process has had to compile much since a time, in seconds of the clock."""
    try:
        return (home() / "compiling").stat().st_mtime >= when
    except OSError:
        return False


def home() -> Path:
    """Return the folder under which all compiled code lies; the user may choose another."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen) / "smelend"
    above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(above) / "smelend" / "compiled"


def folder(say: Callable[[str], None] | None = None) -> Path:
    """Return the folder for these versions, made if need be.

    Where it cannot be written this is said once, and another one is used as long as this process
    and those that it starts last.
    """
    if "folder" not in _chosen:
        versions = "-".join(
            (sys.implementation.cache_tag or "", metadata.version("numba"), np.__version__)
        )
        wanted = home() / f"{versions}-{_taught()}"
        try:
            _chosen["folder"] = _writable(wanted)
        except (OSError, RuntimeError) as fault:
            other = Path(tempfile.mkdtemp(prefix="smelend-compiled-"))
            atexit.register(shutil.rmtree, other, ignore_errors=True)
            os.environ["NUMBA_CACHE_DIR"] = str(other)  # for processes that this one starts
            _chosen["folder"] = _writable(other / "smelend" / wanted.name)
            why = getattr(fault, "strerror", None) or fault
            (say or _print)(
                f"compiled code cannot be kept in {wanted.parent} ({why}); for now it is in {other}"
            )
    return _chosen["folder"]


_chosen: dict[str, Path] = {}


def _print(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _writable(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=path).close()
    return path


@functools.cache
def _taught() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in TAUGHT)).hexdigest()[:8]


def prune(now: float | None = None) -> None:
    """Remove what has long not been used, by this version or any other."""
    oldest = (now or time.time()) - IN_USE
    with os.scandir(home()) as entries:
        for entry in list(entries):
            _prune_one(Path(entry.path), oldest)


def _prune_one(path: Path, oldest: float) -> None:
    try:
        files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        old = [one for one in files if one.stat().st_mtime < oldest]
        if path.is_dir() and len(old) == len(files) and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)
        else:
            for one in old:
                one.unlink(missing_ok=True)
    except OSError:  # somebody else is at it
        return


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
        whole = repr((self.key, types, returns, processor))
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
        """Write a file at once, so that nobody reads half of it."""
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(data)
            os.replace(file.name, path)
        except OSError:  # a full disk costs time, not the run
            return


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

        _locator_classes = (Locator,)

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


def fall_back(version: str) -> str:
    """Return a folder for Numba's own cache: named after the contents of every source file."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256(f"{sys.version_info[:2]} {version}".encode())
    for path in sorted(root.rglob("*.py")):
        digest.update(path.read_bytes())
    try:
        return str(_writable(home() / digest.hexdigest()[:16]))
    except OSError:
        return ""
