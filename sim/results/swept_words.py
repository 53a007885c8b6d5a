"""Titles of the arms of a sweep: what each varies, in words and units, never a dotted key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.results.quantity_words import quantity
from sim.results.wording import arm_words

POINT = re.compile(r" #(\d+)$")  # the point of a design whose values are too long for a name
MOST_VALUES = 3  # that a title has; more are in the design's table
DIGITS = 3  # significant, of a value in the title of a point


def swept_titles(chosen: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Return titles for the arms whose names spell the keys that they vary, or number a point.

    `chosen` has the keys set in each arm.  ``x/base economy.funding_rate=0.02`` becomes ``Base:
    rate on a bank's funding 2 % a year``.
    """
    found: dict[str, str] = {}
    named = starts(chosen)
    varied = _varied(chosen, named)
    for arm, keys in chosen.items():
        spelled = {key: f"{key}={value}" for key, value in keys.items()}
        inside = [key for key, text in spelled.items() if text in arm]
        if inside:
            found[arm] = ", ".join(value_words(key, keys[key]) for key in inside)
        elif point := POINT.search(arm):
            found[arm] = _point_words(int(point[1]), keys, varied[named[arm]])
    if len(set(named.values())) == 1 and len(found) == len(chosen):  # one base, which is no arm
        return {arm: text[:1].upper() + text[1:] for arm, text in found.items()}
    bases = arm_words(list(dict.fromkeys(named.values())))
    return {arm: f"{bases[named[arm]]}: {text}" for arm, text in found.items()}


def starts(chosen: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Return what each arm of a sweep varies: the start of its name, before keys or a point."""
    named: dict[str, str] = {}
    for arm, keys in chosen.items():
        places = [arm.find(f"{key}={value}") for key, value in keys.items()]
        if inside := [place for place in places if place >= 0]:
            named[arm] = arm[: min(inside)].rstrip(", ")
        elif point := POINT.search(arm):
            named[arm] = arm[: point.start()]
    return named


def _varied(
    chosen: Mapping[str, Mapping[str, object]], named: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return, for each start, the keys that differ between its numbered points."""
    found: dict[str, list[str]] = {}
    points_of: dict[str, list[Mapping[str, object]]] = {start: [] for start in named.values()}
    for arm, start in named.items():
        if POINT.search(arm):
            points_of[start].append(chosen[arm])
    for start, points in points_of.items():
        keys = dict.fromkeys(key for point in points for key in point)
        one = len(points) == 1
        found[start] = [
            key for key in keys if one or len({repr(point.get(key)) for point in points}) > 1
        ]
    return found


def _point_words(number: int, keys: Mapping[str, object], varied: list[str]) -> str:
    """Return the number of a point with its values, or alone where these are too many."""
    values = [value_words(key, keys[key], short=True) for key in varied if key in keys]
    if not 0 < len(values) <= MOST_VALUES:
        return f"point {number}"
    return f"point {number}, {', '.join(values)}"


def value_words(key: str, value: object, short: bool = False) -> str:
    """Return a key and its value in words, such as ``rate on a bank's funding 2 % a year``.

    With `short`, fractions have `DIGITS` significant digits, as in a name.
    """
    label = quantity(key)
    title = label.title.partition(" (")[0]
    title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    title = title.partition(":")[0]
    if isinstance(value, bool):
        return f"{title}: {'yes' if value else 'no'}"
    if not isinstance(value, int | float):
        return f"{title} {str(value).replace('_', ' ')}"
    number = round(label.factor * value, 10)
    rounded = short and isinstance(value, float) and abs(number) < 10**DIGITS
    shown = f"{number:.{DIGITS}g}" if rounded else f"{number:g}"
    return " ".join(filter(None, (title, shown, label.unit)))
