"""A plan as a YAML file: scenario files, measures, a sweep and seeds.

    title: How much does the size of the market matter?
    scenarios: [scenarios/zhengzhou/baseline.yaml]
    seeds: 500
    measures:
      small: {firms.count: 1000}
      package: [measures/visits.yaml, measures/committee.yaml]
    sweep:
      kind: grid
      values: {economy.funding_rate: [0.02, 0.03]}

Paths are read from the folder of the plan file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError
from sim.core.names import name_fault
from sim.core.params import Params, param
from sim.core.shipped import located
from sim.runs.interface import Load
from sim.runs.plan import Plan, joined, make_plan
from sim.runs.plan_places import PlanPlaces, positioned
from sim.runs.seeds import read_seeds
from sim.runs.sweep import SWEEPS
from sim.scenario.arguments import size_fault
from sim.scenario.checking import check
from sim.scenario.positions import Document, Place, refusal
from sim.scenario.reading import read_file


def is_plan(path: str | Path) -> bool:
    """Return whether a YAML file is a plan: it names scenarios; a scenario file does not."""
    return "scenarios" in read_file(located(path, "scenario", "plan")).data


class PlanFile(Params):
    """The keys of a plan file."""

    title: str = ""
    why: str = ""
    scenarios: list[str] = param(
        unit="paths", meaning="scenario files", source="A: set by the study"
    )
    seeds: int | str | list[int] = param(
        1,
        unit="seeds",
        meaning="a number, ranges like 1-500, or a list",
        source="A: set by the study",
    )
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in every arm", source="A: set by the study"
    )
    measures: dict[str, dict[str, Any] | list[str]] = param(
        {},
        unit="keys or paths",
        meaning="each adds an arm: dotted keys with final values, or files with `overrides`",
        source="A: set by the study",
    )
    sweep: SWEEPS.annotation() | None = param(  # type: ignore[valid-type]
        None,
        unit="design",
        meaning="design whose points are each an arm",
        source="A: set by the study",
    )


def load_plan(path: str | Path, load: Load | None = None) -> Plan:
    """Read a plan file and the scenarios it names.

    Raises `RequestError` with file, line and column for any error.
    """
    path = located(path, "plan")
    document = read_file(path)
    wanted = check(PlanFile, document.data, document.positions)
    home = path.parent
    _check_bounds(wanted, document)
    for name in wanted.measures:
        if fault := name_fault(name):
            raise refusal(document.positions["measures", name].key, f"measures.{name}: {fault}")
    with positioned(document.positions[()].value):
        return make_plan(
            [located(scenario, "scenario", beside=home) for scenario in wanted.scenarios],
            wanted.seeds,
            set=wanted.set,
            measures={name: overrides_of(what, home) for name, what in wanted.measures.items()},
            sweep=wanted.sweep,
            load=load or PlanPlaces(document, home).load,
        )


def _check_bounds(wanted: PlanFile, document: Document) -> None:
    """Refuse seeds that cannot be read, and too many runs, before any arm is built."""

    def place(key: str) -> Place | None:
        marks = document.positions.get((key,)) or document.positions.get(())
        return marks.value if marks else None

    try:
        seeds = read_seeds(wanted.seeds)
    except RequestError as fault:
        raise refusal(place("seeds"), str(fault)) from fault
    points = wanted.sweep.size if wanted.sweep else 1
    arms = len(wanted.scenarios) * (1 + len(wanted.measures)) * points
    if too_large := size_fault(arms, len(seeds)):
        key = "sweep" if points > len(seeds) else "seeds"
        raise refusal(place(key), f"{key}: this plan has {too_large}")


def words_of(path: str | Path) -> dict[str, str]:
    """Return the `title` and the `why` of a plan file, as far as it gives them."""
    data = read_file(located(path, "plan")).data
    return {key: str(data[key]) for key in ("title", "why") if data.get(key)}


def overrides_of(measure: Mapping[str, Any] | list[str], home: Path) -> dict[str, object]:
    """Return the dotted keys that a measure sets, written here or in files below `home`.

    Raises `RequestError` for a file without overrides, or two that set one key differently.
    """
    if isinstance(measure, Mapping):
        return dict(_dotted(measure))
    found: dict[str, Mapping[str, object]] = {}
    for file in measure:
        found_at = located(file, "measure", beside=home)
        overrides = read_file(found_at).data.get("overrides")
        if not isinstance(overrides, dict) or not overrides:
            raise RequestError(f"{found_at}: no `overrides`; list dotted keys and their values")
        found[file] = _dotted(overrides)
    return joined(found)


def _dotted(nested: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    keys: dict[str, object] = {}
    for key, value in nested.items():
        if isinstance(value, Mapping) and value:
            keys |= _dotted(value, f"{prefix}{key}.")
        else:
            keys[f"{prefix}{key}"] = value
    return keys
