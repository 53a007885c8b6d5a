"""What every room must look like: its charter, its names, its sizes, its knots, its one writer.

Each rule takes the folder that holds the package and returns what breaks it, one sentence each.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture.imports import PACKAGE, imports_of, module_name, source_files
from tests.architecture.layers import ROOMS

CHARTER = re.compile(r"\A\w.*^May import\b[^\w\n]*\w.*^Never\b[^\w\n]*\w", re.DOTALL | re.MULTILINE)
NAMELESS = re.compile(r"(.*_)?(utils?|helpers?|common|misc)")
USUAL_LINES = 150
MOST_LINES = 250
SHARE_OF_LONG_FILES = 0.2
WRITER = "state"  # the one room that may touch the market's writable faces
WRITABLE = ("tables", "requests_written", "writable")


def charters_lacking(root: Path) -> list[str]:
    """A room says what it is for, what it may import and what it never does, in that order."""
    lacking = []
    for room in ROOMS:
        file = root / PACKAGE / room / "__init__.py"
        said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) if file.exists() else None
        if said is None:
            lacking.append(f"{room}: no charter in sim/{room}/__init__.py")
        elif not CHARTER.search(said):
            lacking.append(f"{room}: a charter is a purpose, then 'May import: …', then 'Never: …'")
    return lacking


def charters_untrue(root: Path) -> list[str]:
    """A room imports no room that its charter does not name, unless it may import every room."""
    allowed = {room: _may_import(root, room) for room in ROOMS}
    found = {
        (found.file.parts[1], found.target.split(".")[1])
        for found in imports_of(root)
        if found.target.startswith(f"{PACKAGE}.") and found.file.parts[1] in ROOMS
    }
    return [
        f"{room}: imports {other}, which 'May import' in sim/{room}/__init__.py does not name"
        for room, other in sorted(found)
        if other in ROOMS and other != room and other not in allowed[room]
    ]


def _may_import(root: Path, room: str) -> set[str]:
    """Return the rooms that a charter names: all of them where it says `every` or `everything`."""
    said = ast.get_docstring(ast.parse((root / PACKAGE / room / "__init__.py").read_text("utf-8")))
    passage = (said or "").partition("May import")[2].partition("Never")[0]
    words = set(re.findall(r"\w+", passage))
    return set(ROOMS) if words & {"every", "everything"} else words & set(ROOMS)


def strangers(root: Path) -> list[str]:
    """Everything in the package lies in a room, but for its front door."""
    doors = {Path(PACKAGE, name) for name in ("__init__.py", "__main__.py")}
    return [
        f"{file}: lies in no room of the house"
        for file in source_files(root)
        if file not in doors and file.parts[1] not in ROOMS
    ]


def nameless(root: Path) -> list[str]:
    """No file or folder is called after nothing in particular."""
    return [
        f"{file}: name it after the idea that it holds"
        for file in source_files(root)
        if any(NAMELESS.fullmatch(part) for part in file.with_suffix("").parts)
    ]


def too_long(root: Path) -> list[str]:
    """No file is over the bound, and few are over the usual length."""
    files = source_files(root)
    lines = {file: len((root / file).read_text("utf-8").splitlines()) for file in files}
    over = {file: n for file, n in lines.items() if n > MOST_LINES}
    said = [f"{file}: {n} lines, at most {MOST_LINES}" for file, n in over.items()]
    long = [file for file, n in lines.items() if n > USUAL_LINES]
    if len(long) > SHARE_OF_LONG_FILES * len(lines):
        names = ", ".join(map(str, long))
        said.append(f"{len(long)} of {len(lines)} files exceed {USUAL_LINES} lines: {names}")
    return said


def knots(root: Path) -> list[str]:
    """No module imports itself through others, not even from inside a function."""
    modules = {module_name(file) for file in source_files(root)}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for found in imports_of(root):
        target = found.target
        while target and target not in modules:
            target = target.rpartition(".")[0]
        if target and target != found.importer and not found.in_string:
            graph[found.importer].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" ← ".join(error.args[1])]
    return []


def foreign_writers(root: Path) -> list[str]:
    """Only `state` touches `.tables` and other writable faces of the market."""
    faces = " or .".join(WRITABLE)
    return [
        f"{file}:{line}: only sim/{WRITER} touches .{faces}; read a view, return a record"
        for file in source_files(root)
        if file.parts[1] != WRITER
        for line in _touches(ast.parse((root / file).read_text("utf-8")))
    ]


def _touches(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, lineno=line) if name in WRITABLE:
                yield line
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "attrgetter"), args=args, lineno=line
            ) if any(isinstance(arg, ast.Constant) and arg.value in WRITABLE for arg in args):
                yield line
