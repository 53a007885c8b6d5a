"""Plug-ins: code of a user's own that is loaded beside this package, and what it was made of.

A plug-in is a file, a module or an installed package.  Loading it offers what it defines to those
who know the families (`adopt_with`); each thing keeps its plug-in, whose content is part of the
identity of every run that uses it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from sim.core.errors import RequestError
from sim.core.params import Params

GROUP = "smelend.plugins"  # entry points of installed packages; each names a module
HERE = "this process"  # where `register` was called: nothing that others could load


class Plugin(NamedTuple):
    """Where a plug-in comes from, and the SHA-256 of its content; none for this process."""

    source: str
    digest: str


Adopter = Callable[[object], bool]  # takes a thing if it is of a family that it knows

LOADED: dict[str, Plugin] = {}
OWNERS: dict[object, Plugin] = {}
_adopters: list[Adopter] = []
_offered: list[tuple[object, Plugin]] = []


def adopt_with(adopter: Adopter) -> None:
    """Offer to `adopter` all that has been loaded, and all that will be."""
    _adopters.append(adopter)
    for item, plugin in _offered:
        if adopter(item):
            OWNERS[item] = plugin


def offer(item: object, plugin: Plugin) -> bool:
    """Offer one thing of a plug-in; return whether somebody has taken it."""
    _offered.append((item, plugin))
    taken = any(adopter(item) for adopter in _adopters)
    if taken:
        OWNERS[item] = plugin
    return taken


def load(source: str) -> Plugin:
    """Load a file or a module, once; return it.

    Raises `RequestError` where it does not exist, does not run, defines nothing that is known, or
    has changed since it was loaded.
    """
    path = Path(source)
    is_file = path.suffix == ".py" or path.is_file()
    place = str(path.absolute()) if is_file else source
    found = Plugin(place, _digest_of_file(path) if is_file else _digest_of_module(source))
    known = LOADED.get(place)
    if known is not None and known != found:
        raise RequestError(f"plug-in {place}: it has changed since it was loaded; start again")
    if known is None:
        module = _import_file(path, found.digest) if is_file else _import_module(source)
        LOADED[place] = found
        if not [item for item in _defined(module) if offer(item, found)]:
            del LOADED[place]
            raise RequestError(f"plug-in {place}: it defines no policy, mechanism or metric")
    return found


def load_installed() -> bool:
    """Load the plug-ins of installed packages; return whether there were new ones."""
    names = sorted({one.value for one in entry_points(group=GROUP)} - set(LOADED))
    for name in names:
        load(name)
    return bool(names)


def used_in(part: object) -> set[Plugin]:
    """Return the plug-ins whose classes are used in parameters, at any depth."""
    return {OWNERS[type(one)] for one in _within(part) if type(one) in OWNERS}


def _within(part: object) -> Iterator[object]:
    if isinstance(part, Params):
        yield part
        for _, value in part:
            yield from _within(value)
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _within(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _within(value)


def _defined(module: ModuleType) -> list[object]:
    """Return the classes and functions that a module, or a module inside it, defines."""
    inside = (module.__name__, f"{module.__name__}.")
    return [
        item
        for item in vars(module).values()
        if callable(item)
        and (item.__module__ == inside[0] or str(item.__module__).startswith(inside[1]))
    ]


def _digest_of_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        raise RequestError(f"plug-in {path}: cannot be read: {fault.strerror}") from fault


def _digest_of_module(name: str) -> str:
    """Return the digest of a module's file, or of all Python files of a package."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise RequestError(f"plug-in {name}: no such file or module")
    origin = Path(spec.origin)
    files = sorted(origin.parent.rglob("*.py")) if spec.submodule_search_locations else [origin]
    return hashlib.sha256("".join(map(_digest_of_file, files)).encode()).hexdigest()


def _import_file(path: Path, digest: str) -> ModuleType:
    # the content is in the name, so that processes agree on the class that a pickle names
    name = f"smelend_plugin_{path.stem}_{digest[:8]}"
    spec = importlib.util.spec_from_file_location(name, path.absolute())
    if spec is None or spec.loader is None:
        raise RequestError(f"plug-in {path}: not a Python file")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException as fault:
        del sys.modules[name]
        raise _refusal(path, fault) from fault
    return module


def _import_module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as fault:
        raise _refusal(name, fault) from fault


def _refusal(source: Path | str, fault: BaseException) -> BaseException:
    """Return the error of a plug-in that does not run, with its line; Ctrl-C stays itself."""
    if not isinstance(fault, Exception | SystemExit) or isinstance(fault, RequestError):
        return fault
    lines = [one.lineno for one in traceback.extract_tb(fault.__traceback__)
             if Path(one.filename).name == Path(source).name]  # fmt: skip
    line = getattr(fault, "lineno", None) or (lines[-1] if lines else None)
    at = f"{source}:{line}" if line else str(source)
    return RequestError(f"plug-in {at}: {type(fault).__name__}: {' '.join(str(fault).split())}")
