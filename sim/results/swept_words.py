"""Titles of the arms of a sweep: what each varies, in words and units, never a dotted key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.results.quantity_words import quantity
from sim.results.wording import arm_words

POINT = re.compile(r" #(\d+)$")  # the point of a design whose values are too long for a name


def swept_titles(chosen: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Return titles for the arms whose names spell the keys that they vary, or number a point.

    `chosen` has the keys set in each arm.  ``x/base economy.funding_rate=0.02`` becomes ``Base:
    rate on a bank's funding 2 % a year``.
    """
    found: dict[str, str] = {}
    named = starts(chosen)
    for arm, keys in chosen.items():
        spelled = {key: f"{key}={value}" for key, value in keys.items()}
        inside = [key for key, text in spelled.items() if text in arm]
        if inside:
            found[arm] = ", ".join(value_words(key, keys[key]) for key in inside)
        elif point := POINT.search(arm):
            found[arm] = f"point {int(point[1])}"
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


def value_words(key: str, value: object) -> str:
    """Return a key and its value in words, such as ``rate on a bank's funding 2 % a year``."""
    label = quantity(key)
    title, _, unit = label.words.partition(" (")
    title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    title = title.partition(":")[0]
    if isinstance(value, bool):
        return f"{title}: {'yes' if value else 'no'}"
    if not isinstance(value, int | float):
        return f"{title} {str(value).replace('_', ' ')}"
    shown = f"{round(label.factor * value, 10):g}"
    return " ".join(filter(None, (title, shown, unit.removesuffix(")"))))
