"""Settings applied to a scenario by dotted key: `--set firms.count=5000`, or ``set={...}``.

A setting acts like one more file that extends the scenario: mappings merge, and another `kind`
replaces the whole part.  The check against the schema reports keys that do not exist.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.scenario.extending import merge_values, refuse_lost_values, seen_from_above
from sim.scenario.positions import (
    Document,
    Key,
    Marks,
    Place,
    Positions,
    dotted,
    refusal,
    shown,
    stamp,
)
from sim.scenario.reading import DEEPEST, read_value

SET = "--set"


def parse_settings(texts: Iterable[str]) -> dict[str, Any]:
    """Return the settings of texts such as ``firms.count=5000``; values are one-line YAML.

    Raises `RequestError` for a text without ``=``, a value that is not YAML, or a repeated key,
    also one that stands in the mapping of another setting.
    """
    settings: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            raise RequestError(f"--set {shown(text)}: write it as key.path=value")
        if name in settings:
            raise refusal(_place(name), "set twice")
        document = read_value(value, str(_place(name)))
        if isinstance(document.data, dict | list) and value.strip()[:1] not in ("{", "["):
            advice = (
                "write a mapping as {a: 1}, a list as [1, 2], and quote text that looks like one"
            )
            raise refusal(_place(name), f"{shown(value)} is not a single value; {advice}")
        settings[name] = document.data
    refuse_given_twice(settings)
    return settings


def refuse_given_twice(settings: Mapping[str, Any]) -> None:
    """Refuse a key that a setting gives and the mapping of another setting around it gives too.

    A mapping and a key inside it that it does not state, such as a `kind` and what belongs to it,
    go together.
    """
    names = [name for name in settings if isinstance(name, str)]
    for outer, inner in itertools.permutations(names, 2):
        if not inner.startswith(f"{outer}."):
            continue
        parts = inner.removeprefix(f"{outer}.").split(".")
        twice = _shared(settings[outer], _nested(parts, settings[inner]))
        if twice is not None:
            key = ".".join((outer, *twice))
            raise refusal(_place(inner), f"{SET} {outer} gives {key} too; give it once")


def _nested(parts: list[str], value: Any) -> Any:
    """Return the value below mappings of one key each."""
    for part in reversed(parts):
        value = {part: value}
    return value


def _shared(one: Any, other: Any) -> tuple[str, ...] | None:
    """Return the first path at which both hold a value that is no mapping in one; None if none."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return ()
    for name in other:
        if name in one and (path := _shared(one[name], other[name])) is not None:
            return (str(name), *path)
    return None


def override(
    document: Document,
    settings: Mapping[str, Any],
    places: Mapping[str, Place] | None = None,
    origin: str = SET,
) -> Document:
    """Return the document with each dotted key of `settings` applied to it.

    Values are plain data, or NumPy scalars and arrays, tuples and pydantic models, which are
    converted to plain data.  A number in a key is the index of an item of an existing list.
    `places` gives the place where each setting was written, for messages; without it they show
    `origin` and the key.  The order of settings does not matter: shorter keys are applied first,
    and `kind` before other keys of the same mapping.
    """
    places = places or {}
    data = _copied(document.data)
    layers: list[tuple[Positions, set[Key]]] = [(document.positions, set())]
    parsed = []
    for name, value in settings.items():
        place = places.get(name) or _place(name, origin)
        parts = name.split(".") if isinstance(name, str) else []
        if not all(parts) or not 0 < len(parts) <= DEEPEST:
            raise refusal(place, f"{shown(name)} is not a key; write it as key.path")
        value = _plain(value, place)
        if parts[-1] == "kind" and len(parts) > 1:  # so that another kind replaces the whole part
            parts, value = parts[:-1], {"kind": value}
            parsed.append((len(parts), 0, parts, value, place))
        else:
            parsed.append((len(parts) - 1, 1, parts, value, place))
    for _, _, parts, value, place in sorted(parsed, key=lambda item: item[:2]):
        holder, key, made = _reach(data, parts, place)
        replaced: set[Key] = set()
        last = key[-1]
        old = holder[last] if isinstance(last, int) or last in holder else None
        refuse_lost_values(old, value, stamp(value, place, key), key)
        holder[last] = merge_values(old, value, key, replaced)
        newer = stamp(value, place, key) | {new: Marks(place, place) for new in made}
        layers.append((newer, replaced))
    return Document(data, seen_from_above(layers))


def _place(name: object, origin: str = SET) -> Place:
    return Place(f"{origin} {name}")


def _reach(data: Any, parts: list[str], place: Place) -> tuple[Any, Key, list[Key]]:
    """Return the container of the last part, the full key, and the keys of mappings created.

    Every container on the way is replaced by a copy, since others may hold it: a deep copy of a
    scenario for each of its variants takes longer than to check it.
    """
    holder: Any = data
    key: Key = ()
    made: list[Key] = []
    for part in parts:
        if key:
            if isinstance(holder, dict) and key[-1] not in holder:
                holder[key[-1]] = {}
                made.append(key)
            holder[key[-1]] = _copied(holder[key[-1]])
            holder = holder[key[-1]]
        if isinstance(holder, dict):
            key = (*key, part)
        elif isinstance(holder, list):
            key = (*key, _index(holder, part, key, place))
        else:
            message = f"{dotted(key)} is {shown(holder)}, so '{part}' cannot be set inside it"
            raise refusal(place, message)
    return holder, key, made


def _copied(value: Any) -> Any:
    """Return a copy of a container that holds the same items; anything else as it is."""
    return value.copy() if isinstance(value, dict | list) else value


def _index(items: list[Any], part: str, key: Key, place: Place) -> int:
    if part.isascii() and part.isdigit() and len(part) < 10 and int(part) < len(items):
        return int(part)
    allowed = f"its items are 0 to {len(items) - 1}" if items else "it is empty"
    raise refusal(place, f"{dotted(key)} is a list and {allowed}; found {shown(part)}")


def _plain(value: Any, place: Place, depth: int = 0) -> Any:
    """Return `value` as plain data, as a YAML file could contain it."""
    if depth > DEEPEST:
        raise refusal(place, f"nested more than {DEEPEST} levels deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        text = str.__str__(value)
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise refusal(place, f"{shown(text)} contains half a character")
        return text
    if isinstance(value, Mapping):
        return {_name(name, place): _plain(item, place, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, place, depth + 1) for item in value]
    if hasattr(value, "model_dump"):
        return _plain(value.model_dump(mode="json"), place, depth + 1)
    if hasattr(value, "tolist"):  # NumPy scalars and arrays
        return _plain(value.tolist(), place, depth + 1)
    kind = type(value).__name__
    raise refusal(place, f"a value of type {kind} cannot be used in a scenario; give plain data")


def _name(name: Any, place: Place) -> str:
    """Return a key as text; YAML keys are text too, so 12 becomes '12'."""
    if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
        raise refusal(place, f"a key must be text; found {shown(name)}")
    return str.__str__(name) if isinstance(name, str) else str(int(name))
