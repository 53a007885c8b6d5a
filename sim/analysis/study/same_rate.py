"""What package and measures do at the base's mean rate: the price that they change taken out.

The margin of each arm is corrected by the gap between its mean rate on new loans and the base's,
as often as the file says; then arm and base are compared as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.experiments.kinds.study import Study
from sim.analysis.frames import Panel, panel
from sim.analysis.paired import compare_arms
from sim.analysis.study.arms import arm_named, scenario_of
from sim.core.names import BASE, PACKAGE
from sim.outcomes import METRICS
from sim.runs.carrying import CarryOut
from sim.runs.plan import Plan
from sim.scenario.study_designs import SameRate

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario.schema import Scenario

RATE = "mean_rate"
FOLDER = "same_rate"


def at_same_rate(study: Study, spec: SameRate, carry_out: CarryOut, bank: str) -> DataFrame:
    """Return one row per (arm, metric), as `compare_arms`, each arm at the base's mean rate.

    Further columns: `margin`, what was added to the arm's margin, and `gap`, the mean rate of the
    base less the arm's that is left (both 1/year).
    """
    import pandas as pd

    names = list(dict.fromkeys([PACKAGE, *study.measures]))
    bare = {name: scenario_of(study, arm_named(study, name)) for name in (BASE, *names)}
    added, gaps = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for number in range(spec.rounds + 1):
        arms = {name: with_margin(bare[name], added.get(name, 0.0), bank) for name in bare}
        plan = Plan(arms, tuple(range(1, spec.seeds + 1)))
        runs, _ = carry_out(plan, f"{FOLDER}/{number + 1}")
        one = panel(runs, list(bare), [RATE], bank, "drop")
        gaps = {name: _gap(one, name) for name in names}
        if number < spec.rounds:
            added = {name: added[name] + gaps[name] for name in names}
    mine = runs[runs["bank"] == bank]
    found = [
        compare_arms(mine, BASE, name, study.content.metrics, unmatched="drop").assign(
            arm=name, margin=added[name], gap=gaps[name]
        )
        for name in names
    ]
    table = pd.concat(found, ignore_index=True)
    table["better"] = [METRICS[name].better for name in table["metric"]]
    return table[["arm", *table.columns.drop("arm")]]


def _gap(one: Panel, arm: str) -> float:
    """Return the base's mean rate less the arm's, 1/year; 0 if no seed has new loans in both."""
    gap = one.of(BASE, RATE) - one.of(arm, RATE)
    known = gap[np.isfinite(gap)]
    return float(known.mean()) if known.size else 0.0


def with_margin(scenario: Scenario, added: float, bank: str) -> Scenario:
    """Return the scenario with `added` (1/year) on the margin of a bank from month 1 on."""
    if added == 0.0:
        return scenario
    margin = scenario.banks[bank].pricing.margin
    return scenario.with_({f"banks.{bank}.pricing.margin": margin + added})
