"""Where compiled code lies between runs, and what tells that something had to be compiled.

With the user's caches, since an installed package may be read-only; versions of Python, Numba and
NumPy name the folder.  What has long not been used is removed.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import functools
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import numpy as np

IN_USE = 30 * 24 * 3600.0  # seconds since its last use in which nothing is removed
MANY = 3  # functions to compile, from which on it takes more than a second
# what tells the compiler about our own types, and how to return arrays
TAUGHT = ("native.py", "face.py", "compiled.py", "returned_arrays.py")


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
            with contextlib.suppress(OSError):
                prune()


watch = Watch()


def last_compiled() -> int:
    """Return when any process last had to compile much, by the file system's clock; 0 for never."""
    try:
        return (home() / "compiling").stat().st_mtime_ns
    except OSError:
        return 0


def home() -> Path:
    """Return the folder under which all compiled code lies; the user may choose another."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen) / "smelend"
    return Path(os.environ.get("XDG_CACHE_HOME") or _user_cache()) / "smelend" / "compiled"


def _user_cache() -> Path:
    """Return the folder of the user's caches; without a home, one that cannot be written."""
    try:
        return Path.home() / ".cache"
    except RuntimeError:
        return Path(os.devnull) / "no home folder"


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
    digest = hashlib.sha256()
    for name in TAUGHT:
        tree = ast.parse(Path(__file__).with_name(name).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                node.value.value = ""  # a docstring
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()[:8]


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
