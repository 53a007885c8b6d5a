"""Text that says what a declared value may be: type, bounds, choices and unit.

Bounds are read from the declaration, so a message always agrees with the check.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.positions import shown
from sim.scenario.tracing import Declared

_NOUNS: dict[Any, tuple[str, str]] = {
    bool: ("true or false", "true or false values"),
    int: ("a whole number", "whole numbers"),
    float: ("a number", "numbers"),
    str: ("text", "texts"),
}
_BOUNDS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}
_LENGTHS = {"min_length": "at least", "max_length": "at most"}
_LISTS = (list, tuple, set, frozenset)


def allowed(declared: Declared) -> str:
    """Return what a value may be, for example ``a number, at least 0 and below 1 (per year)``."""
    bare = declared.bare()
    limits = [f"{words} {value}" for words, value in _limits(bare, _BOUNDS)]
    limits += [f"{words} {value} long" for words, value in _limits(bare, _LENGTHS)]
    text = _noun(bare) + (", " + " and ".join(limits) if limits else "")
    unit = str(bare.extra.get("unit", ""))
    if unit not in ("", "-", "1", text):
        text += f" ({unit})"
    return f"{text}, or null" if declared.nullable else text


def choices(declared: Declared) -> list[Any]:
    """Return the values that a literal, an enumeration or a parameter's choices allow."""
    bare = declared.bare()
    if get_origin(bare.annotation) is Literal:
        return list(get_args(bare.annotation))
    if isinstance(bare.annotation, type) and issubclass(bare.annotation, enum.Enum):
        return [item.value for item in bare.annotation]
    found = bare.extra.get("enum", [])
    return list(found) if isinstance(found, list) else []


def listed(values: list[Any], most: int = 20) -> str:
    """Write up to `most` values, separated by commas."""
    texts = [item if isinstance(item, str) else shown(item) for item in values]
    return ", ".join(texts[:most]) + (", ..." if len(texts) > most else "")


def _limits(declared: Declared, names: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for rule in declared.rules:
        for name, words in names.items():
            value = getattr(rule, name, None)
            if isinstance(value, int | float):
                whole = float(value).is_integer() and abs(value) < 1e15
                found.append((words, str(int(value) if whole else value)))
    return found


def _noun(declared: Declared, plural: bool = False) -> str:
    options = choices(declared)
    if options:
        return f"one of {listed(options)}"
    annotation, arguments = declared.annotation, get_args(declared.annotation)
    if annotation in _NOUNS:
        return _NOUNS[annotation][plural]
    members = declared.members()
    if members:
        return f"a mapping with a '{declared.tag}', one of {listed(list(members))}"
    if declared.is_union:
        return " or ".join(dict.fromkeys(allowed(Declared(item)) for item in arguments))
    kind = get_origin(annotation) or annotation
    if not isinstance(kind, type):
        return "values" if plural else "a value of another type"
    if issubclass(kind, Mapping | BaseModel):
        return "mappings" if plural else "a mapping"
    if issubclass(kind, _LISTS):
        return f"{'lists' if plural else 'a list'}{_items(arguments)}"
    return f"values of type {kind.__name__}" if plural else f"a {kind.__name__}"


def _items(arguments: tuple[Any, ...]) -> str:
    """Return what a list holds, for example `` of 2 numbers``; a tuple has a fixed length."""
    items = [Declared(item).bare() for item in arguments if item is not Ellipsis]
    if not items:
        return ""
    if Ellipsis in arguments or len(arguments) == 1:
        return f" of {_noun(items[0], plural=True)}"
    nouns = [_noun(item) for item in items]
    if len(set(nouns)) == 1:
        return f" of {len(items)} {_noun(items[0], plural=True)}"
    return f" of {len(items)}: " + ", ".join(nouns)
