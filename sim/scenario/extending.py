"""How one file builds on another: `extends:`, and what a child keeps of its parent.

A variant states only what differs from its parent, and an error in an inherited value is reported
in the file where that value is written.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError, nearest
from sim.core.shipped import located, named
from sim.scenario.positions import Document, Key, Place, Positions, dotted, refusal, shown
from sim.scenario.reading import nearest_file, read_file

Hook = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def read_extended(path: str | os.PathLike[str], on_file: Hook | None = None) -> Document:
    """Return a file merged over all files that it extends, without the key `extends`.

    `on_file` receives a copy of each file's data, merged over its parents and not yet checked, and
    the file's own data alone; it returns the data that its children build on.  Raises
    `RequestError` for a missing parent, a circular chain, or a file that cannot be read.
    """
    merged: Document | None = None
    for own in reversed(_chain(os.fspath(path))):
        merged = own if merged is None else merge(merged, own)
        if on_file is not None:
            merged = Document(on_file(copy.deepcopy(merged.data), own.data), merged.positions)
    assert merged is not None  # a chain has at least its first file
    return merged


def _chain(path: str) -> list[Document]:
    """Return the documents from `path` up to the last parent, child first."""
    files, chain = [path], []
    while True:
        document = read_file(files[-1])
        data = dict(document.data)
        parent = data.pop("extends", None)
        stated = document.positions.pop(("extends",), None)
        chain.append(Document(data, document.positions))
        if stated is None:
            return chain
        place = stated.value
        if not isinstance(parent, str) or not parent:
            raise refusal(place, f"extends: must name one YAML file; found {shown(parent)}")
        files.append(_parent(files[-1], parent))
        _check_parent(files, place, parent)


def _parent(child: str, name: str) -> str:
    """Return the file that a child extends: a path from its folder, or a shipped scenario."""
    path = os.path.normpath(os.path.join(os.path.dirname(child), name))
    try:
        return (
            path
            if os.path.exists(path)
            else str(located(name, "scenario", beside=Path(child).parent))
        )
    except RequestError:
        return path


def _check_parent(files: list[str], place: Place, stated: str) -> None:
    """Refuse a last file that does not exist or that is already in the chain."""
    name, way = files[-1], " -> ".join(files)
    if os.path.isdir(name):
        raise refusal(place, f"extends: {shown(name)} is a directory; name a YAML file ({way})")
    if not os.path.exists(name):
        hint = nearest_file(name, but=files[:-1]) or nearest(stated, named("scenario"))
        raise refusal(place, f"extends: no such file {shown(name)}{hint} ({way})")
    earlier = {os.path.realpath(file) for file in files[:-1]}
    if os.path.realpath(name) in earlier:
        raise refusal(place, f"extends: files extend each other in a circle: {way}")


def merge(parent: Document, child: Document) -> Document:
    """Return the child merged over its parent; each value keeps the place where it was written.

    Mappings merge key by key.  Scalars and lists replace the parent's value.  So does a mapping
    whose `kind` differs from its parent's, because the parent's keys belong to another part.
    """
    refuse_lost_values(parent.data, child.data, child.positions)
    replaced: set[Key] = set()
    data = merge_values(parent.data, child.data, (), replaced)
    return Document(data, seen_from_above([(parent.positions, ()), (child.positions, replaced)]))


def refuse_lost_values(parent: Any, child: Any, positions: Positions, key: Key = ()) -> None:
    """Refuse rules without `otherwise` in place of a value, since they would silently drop it.

    `parent` and `child` are what two files say at `key`; `positions` are those of the child.
    """
    if not isinstance(child, dict):
        return
    if "when" in child and "otherwise" not in child:
        if parent is not None and not isinstance(parent, dict):
            place = positions[key].key if key in positions else None
            message = without_otherwise(f"without rules it is {shown(parent)} here")
            raise refusal(place, f"{dotted(key)}: {message}")
    elif isinstance(parent, dict):
        for name in child.keys() & parent.keys():
            refuse_lost_values(parent[name], child[name], positions, (*key, name))


def without_otherwise(what: str) -> str:
    """Return that rules lack the value that applies where none of them holds."""
    return f"otherwise: missing; give the value where no rule holds ({what})"


def merge_values(parent: Any, child: Any, key: Key, replaced: set[Key]) -> Any:
    """Return `child` merged over `parent`; add to `replaced` the keys whose parent is dropped."""
    if not isinstance(parent, dict) or not isinstance(child, dict) or _kinds_differ(parent, child):
        replaced.add(key)
        return {**child, "to": parent} if _adds_to(parent, child) else child
    merged = dict(parent)
    for name, value in child.items():
        if name in parent:
            value = merge_values(parent[name], value, (*key, name), replaced)
        merged[name] = value
    return merged


def seen_from_above(layers: Sequence[tuple[Positions, Collection[Key]]]) -> Positions:
    """Return the positions of layers laid one upon another, those of the last layer first.

    A layer is its positions and the keys at which it replaces what lies below, with all inside.
    """
    found: Positions = {}
    replaced: set[Key] = set()
    for positions, dropped in reversed(layers):
        for key, marks in positions.items():
            if key not in found and not any(key[:n] in replaced for n in range(len(key) + 1)):
                found[key] = marks
        replaced |= set(dropped)
    return found


def _adds_to(parent: Any, child: Any) -> bool:
    """Return whether a change, as {add: 2}, is said of a number; not every key takes one."""
    whole = isinstance(parent, int) and not isinstance(parent, bool)
    return whole and isinstance(child, dict) and set(child) == {"add"}


def _kinds_differ(parent: dict[str, Any], child: dict[str, Any]) -> bool:
    return "kind" in parent and "kind" in child and parent["kind"] != child["kind"]
