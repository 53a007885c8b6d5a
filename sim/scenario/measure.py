"""A measure: what a thesis proposes, as the final values that it gives to keys of a scenario.

Values are final and never changes, so a measure reads the same beside any other; two measures
that want one key differently are refused with both named, since neither can then be judged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError
from sim.core.params import Params, param
from sim.scenario.checking import check
from sim.scenario.extending import read_extended
from sim.scenario.loading import freeze_burn_in, name_of
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
        unit="numbers", meaning="statements of the thesis that it answers", source=AUTHOR
    )
    why: str = param("", unit="text", meaning="how it is meant to work", source=AUTHOR)
    package: str = param(
        unit="name", meaning="the group to which its effect is credited", source=AUTHOR,
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
    """A measure as it was read: `keys` maps dotted keys to final values, `places` to lines."""

    name: str
    path: Path
    said: MeasureFile
    keys: Mapping[str, Any]
    places: Mapping[str, Place]

    @property
    def package(self) -> str:
        """The group to which its effect is credited."""
        return self.said.package


def load_measure(path: str | os.PathLike[str]) -> Measure:
    """Return the measure of a YAML file; its name is the file's.

    Raises `RequestError` with file, line and column for whatever is wrong.  Whether a key exists
    is said when the measure is laid over a scenario.
    """
    path = Path(path)
    document = read_file(path)
    at = document.positions
    said = check(MeasureFile, document.data, at)
    if said.package not in PACKAGES:
        known = ", ".join(PACKAGES)
        place = at["package",].value
        raise refusal(place, f"package: must be one of {known}; found {shown(said.package)}")
    if said.start != 1:
        raise refusal(
            at["start",].value,
            f"start: a measure starts in month 1, the model cannot start one later yet; "
            f"found {said.start}",
        )
    if not said.statements:
        raise refusal(at["statements",].value, "statements: name at least one")
    leaves = dict(_leaves(said.overrides, ()))
    if not leaves:
        raise refusal(at["overrides",].value, "overrides: sets no key; give at least one")
    keys = {".".join(key): value for key, value in leaves.items()}
    places = {".".join(key): at[("overrides", *key)].key for key in leaves}
    return Measure(path.stem, path, said, keys, places)


def _leaves(data: Mapping[str, Any], key: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Any]]:
    """Yield each value that is no mapping with its key; lists are values."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*key, name))
        else:
            yield (*key, name), value


def joined_keys(measures: Iterable[Measure]) -> tuple[dict[str, Any], dict[str, Place]]:
    """Return the keys that measures set together, and where each is set.

    They may agree on a key; raises `RequestError` naming both measures where they differ.
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
    """Return the scenario of a file under measures, which act from month 1 on.

    `set` holds dotted keys laid over it last; it may not touch a key that a measure sets
    otherwise.  `under` is laid over the file before the measures, which win.  Raises
    `RequestError` with the line of the measure that sets a wrong key.
    """
    document = read_extended(path, on_file=freeze_burn_in)
    keys, places = joined_keys(measures)
    for key, value in (set or {}).items():
        if key in keys and keys[key] != value:
            raise RequestError(
                f"{places[key]}: {key}: the measure sets {shown(keys[key])}, but `set` asks for "
                f"{shown(value)}; leave it to one of them"
            )
    together = {**keys, **(set or {})}
    if together or under:
        # the frozen burn-in and the banks may be one object, and a copy of both stays one object;
        # written out they are two, so that no measure acts before month 1
        apart = Document(json.loads(json.dumps(document.data)), document.positions)
        document = override(override(apart, under or {}), together, places)
    if name is not None:
        document.data["name"] = name
    document.data.setdefault("name", name_of(path))
    return check(Scenario, document.data, document.positions)


__all__ = ["PACKAGES", "Measure", "MeasureFile", "joined_keys", "load_measure", "with_measures"]
