"""A measure: what a thesis proposes, as final values for keys of a scenario.

A value is final, not a change, so a measure means the same together with any other.  Two measures
that set one key to different values are refused, because the effect of neither could be judged;
the message names both.
"""

from __future__ import annotations

import json
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
from sim.scenario.extending import read_extended
from sim.scenario.loading import freeze_burn_in, name_document
from sim.scenario.overriding import override
from sim.scenario.positions import Document, Place, refusal, shown
from sim.scenario.reading import read_file
from sim.scenario.schema import Scenario

PACKAGES = (
    "rating", "investigation", "approval", "pricing", "post_loan", "team",
    "incentives_culture", "product_process", "collateral_guarantees", "book_structure",
)  # fmt: skip
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
    said: MeasureFile
    keys: Mapping[str, Any]
    places: Mapping[str, Place]

    @property
    def package(self) -> str:
        """The group to which its effect is attributed."""
        return self.said.package


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
    """Yield each value that is not a mapping, with its key; lists are values."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*key, name))
        else:
            yield (*key, name), value


def joined_keys(measures: Iterable[Measure]) -> tuple[dict[str, Any], dict[str, Place]]:
    """Return the keys that measures set together, and where each is set.

    Measures may set a key to the same value; raises `RequestError`, naming both, if values differ.
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
    return keys, places


def with_measures(
    path: str | os.PathLike[str],
    measures: Iterable[Measure] = (),
    set: Mapping[str, Any] | None = None,
    name: str | None = None,
    under: Mapping[str, Any] | None = None,
) -> Scenario:
    """Return the scenario of a file with measures, which act from month 1 on.

    `under` is applied to the file first, then the measures, then `set`; all are dotted keys.
    Measures override `under`.  `set` may not give another value to a key that a measure sets.
    Raises `RequestError` with the line of the measure that sets a wrong key.
    """
    path = located(path, "scenario")
    document = read_extended(path, on_file=freeze_burn_in)
    keys, places = joined_keys(measures)
    for key, value in (set or {}).items():
        if key in keys and keys[key] != value:
            raise RequestError(
                f"{places[key]}: {key}: the measure sets {shown(keys[key])}, but `set` gives "
                f"{shown(value)}; set it in one of them only"
            )
    together = {**keys, **(set or {})}
    if together or under:
        # the frozen burn-in and the banks may be one object, and remain one in a deep copy; through
        # JSON they become two objects, so that no measure acts before month 1
        separate = Document(json.loads(json.dumps(document.data)), document.positions)
        document = override(override(separate, under or {}), together, places)
    if name is not None:
        document.data["name"] = name
    else:
        name_document(document, path)
    return check(Scenario, document.data, document.positions)


__all__ = ["PACKAGES", "Measure", "MeasureFile", "joined_keys", "load_measure", "with_measures"]
