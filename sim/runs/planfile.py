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
from sim.core.params import Params, param
from sim.runs.interface import Load
from sim.runs.plan import Plan, joined, make_plan
from sim.runs.sweep import SWEEPS
from sim.scenario.checking import check
from sim.scenario.reading import read_file


def is_plan(path: str | Path) -> bool:
    """Return whether a YAML file is a plan: it names scenarios; a scenario file does not."""
    return "scenarios" in read_file(path).data


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
    document = read_file(path)
    wanted = check(PlanFile, document.data, document.positions)
    home = Path(path).parent
    return make_plan(
        [home / scenario for scenario in wanted.scenarios],
        wanted.seeds,
        set=wanted.set,
        measures={name: overrides_of(what, home) for name, what in wanted.measures.items()},
        sweep=wanted.sweep,
        load=load,
    )


def words_of(path: str | Path) -> dict[str, str]:
    """Return the `title` and the `why` of a plan file, as far as it gives them."""
    data = read_file(path).data
    return {key: str(data[key]) for key in ("title", "why") if data.get(key)}


def overrides_of(measure: Mapping[str, Any] | list[str], home: Path) -> dict[str, object]:
    """Return the dotted keys that a measure sets, written here or in files below `home`.

    Raises `RequestError` for a file without overrides, or two that set one key differently.
    """
    if isinstance(measure, Mapping):
        return dict(_dotted(measure))
    found: dict[str, Mapping[str, object]] = {}
    for file in measure:
        overrides = read_file(home / file).data.get("overrides")
        if not isinstance(overrides, dict) or not overrides:
            raise RequestError(f"{home / file}: no `overrides`; list dotted keys and their values")
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
