"""The arm of a comparison that is the base with measures: `smelend compare BASE --measure NAME`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError, nearest
from sim.core.shipped import located

if TYPE_CHECKING:
    from sim.runs.plan import Plan
    from sim.scenario.schema import Scenario


def measure_of(base: Path, name: str) -> Path:
    """Return the file of a measure: a path, a shipped name, or a name in the base's `measures`."""
    home = located(base, "scenario").parent / "measures"
    near = {file.stem: file for file in sorted(home.glob("*.yaml"))}
    if not Path(name).is_file() and name in near:
        return near[name]
    try:
        return located(name, "measure")
    except RequestError as fault:
        if hint := nearest(name, near):
            raise RequestError(f"no file and no measure called '{name}'{hint}") from None
        raise fault


def with_measures(
    plan: Plan, scenarios: Sequence[Path], names: Sequence[str], set: Mapping[str, object]
) -> Plan:
    """Return the plan with one more arm: its first scenario with all of these measures.

    Raises `RequestError` where a measure cannot be read, two of them or `set` give one key
    different values.
    """
    from sim.scenario.measure import joined_keys, load_measure

    if not names:
        return plan
    measures = [load_measure(measure_of(scenarios[0], name)) for name in dict.fromkeys(names)]
    keys, places = joined_keys(measures, set)
    added = {key: value for key, value in keys.items() if key in places}
    (name, base), *_ = plan.arms.items()
    arm = " + ".join([name, *(measure.name for measure in measures)])
    scenario: Scenario = base.with_(added, places=places)  # type: ignore[attr-defined]
    return replace(plan, arms={**plan.arms, arm: scenario}, chosen={**plan.chosen, arm: added})
