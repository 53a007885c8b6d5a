"""A measure: what a thesis proposes, as final values for keys of a scenario.

A value is final, not a change, so a measure means the same together with any other.  Two measures
that set one key to different values are refused, because the effect of neither could be judged;
the message names both.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError
from sim.core.names import name_fault
from sim.core.params import Params, param
from sim.core.shipped import located
from sim.scenario.checking import check
from sim.scenario.positions import Place, refusal, shown
from sim.scenario.reading import read_file

PACKAGES = (
    "rating", "investigation", "approval", "pricing", "post_loan", "team",
    "incentives_culture", "product_process", "collateral_guarantees", "book_structure",
)  # fmt: skip
WHOLE = {"when", "add"}  # a mapping with one of these is a value
AUTHOR = "A: set by the author of the measure"


class MeasureFile(Params):
    """The keys of a measure's file."""

    title: str = param(unit="text", meaning="what is done, in a few words", source=AUTHOR)
    thesis: str = param(unit="text", meaning="the bank of the thesis", source=AUTHOR)
    statements: list[str] = param(
        unit="numbers", meaning="statements of the thesis that it addresses", source=AUTHOR
    )
    why: str = param("", unit="text", meaning="how it is meant to work", source=AUTHOR)
    package: str = param(
        unit="name", meaning="the group to which its effect is attributed", source=AUTHOR,
        choices=PACKAGES,
    )  # fmt: skip
    start: int = param(
        1, unit="month", meaning="month in which it starts; only 1 so far", source=AUTHOR
    )
    overrides: dict[str, Any] = param(
        unit="of the key", meaning="final values, nested as in a scenario", source=AUTHOR
    )


@dataclass(frozen=True)
class Measure:
    """A measure as read: `keys` maps dotted keys to final values, `places` to lines."""

    name: str
    path: Path
    content: MeasureFile
    keys: Mapping[str, Any]
    places: Mapping[str, Place]

    @property
    def package(self) -> str:
        """The group to which its effect is attributed."""
        return self.content.package


def load_measure(path: str | os.PathLike[str]) -> Measure:
    """Return the measure of a YAML file, or a shipped one by name; its name is the file's.

    Raises `RequestError` with file, line and column for any error.  Whether a key exists is
    checked when the measure is applied to a scenario.
    """
    path = located(path, "measure")
    document = read_file(path)
    at = document.positions
    content = check(MeasureFile, document.data, at)
    fault = name_fault(path.stem)
    if fault:
        raise refusal(at[()].key, f"rename the file: {fault}")
    if content.package not in PACKAGES:
        known = ", ".join(PACKAGES)
        place = at["package",].value
        raise refusal(place, f"package: must be one of {known}; found {shown(content.package)}")
    if content.start != 1:
        raise refusal(
            at["start",].value,
            f"start: a measure starts in month 1, the model cannot start one later yet; "
            f"found {content.start}",
        )
    if not content.statements:
        raise refusal(at["statements",].value, "statements: name at least one")
    leaves = dict(_leaves(content.overrides, ()))
    if not leaves:
        raise refusal(at["overrides",].value, "overrides: sets no key; give at least one")
    keys = {".".join(key): value for key, value in leaves.items()}
    places = {".".join(key): at[("overrides", *key)].key for key in leaves}
    return Measure(path.stem, path, content, keys, places)


def _leaves(data: Mapping[str, Any], key: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Any]]:
    """Yield each value that is no mapping of keys, with its key; lists and rules are values."""
    for name, value in data.items():
        if isinstance(value, Mapping) and not WHOLE & set(value):
            yield from _leaves(value, (*key, name))
        else:
            yield (*key, name), value


def joined_keys(
    measures: Iterable[Measure], set: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, Place]]:
    """Return the keys that measures and `set` set together, and where measures set them.

    Measures may set a key to the same value.  Raises `RequestError`, naming both, if two measures
    differ in a value, or `set` differs from a measure.
    """
    keys: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for measure in measures:
        for key, value in measure.keys.items():
            place = measure.places[key]
            if key in keys and keys[key] != value:
                raise RequestError(
                    f"{place}: {key}: this measure sets {shown(value)}, but {places[key]} sets "
                    f"{shown(keys[key])}; a key that two measures set needs one value"
                )
            keys.setdefault(key, value)
            places.setdefault(key, place)
    for key, value in (set or {}).items():
        if key in keys and keys[key] != value:
            raise RequestError(
                f"{places[key]}: {key}: the measure sets {shown(keys[key])}, but `set` gives "
                f"{shown(value)}; set it in one of them only"
            )
    return {**keys, **(set or {})}, places


__all__ = ["PACKAGES", "Measure", "MeasureFile", "joined_keys", "load_measure"]
