"""Which part comes first when all spend the same, over random strengths and prices.

The first objection to any ranking of measures is that it only reflects the assumed ranges and
costs.  So the sizes of the levers and the prices are drawn many times, each part is scaled until
its extra operating cost in the books is the same amount, and only then are the parts ranked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.experiments.kinds.study import Study
from sim.analysis.frames import panel
from sim.analysis.ranking import rank_one
from sim.analysis.study.arms import arm_named, scenario_of
from sim.core.names import BASE
from sim.outcomes import METRICS
from sim.runs.plan import Plan
from sim.scenario.strength import strengthened
from sim.scenario.study_designs import EqualMoney

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario.schema import Scenario

STEPS = (0.5, 1.0, 1.5)  # the strength that spends the amount is interpolated between these
DRAWS_KEY = 20_183  # fixed, so that a study has the same arms each time


def money_plan(study: Study, spec: EqualMoney) -> Plan:
    """Return the base, and each part of each draw at each step of strength."""
    base = scenario_of(study, arm_named(study, BASE))
    bare, data = study.bare, base.model_dump(mode="json")
    rng = np.random.default_rng(DRAWS_KEY)
    arms: dict[str, Scenario] = {BASE: base}
    for draw in range(spec.draws):
        for part, members in study.parts.items():
            keys = {k: v for name in members for k, v in study.measures[name].keys.items()}
            sizes = rng.uniform(1.0 - spec.spread, 1.0 + spec.spread, len(keys))
            for step in STEPS:
                sized = dict(zip(keys, step * sizes, strict=True))
                values = {**strengthened(data, keys, sized), **study.content.set}
                name = arm_name(draw, part, step)
                arms[name] = bare.with_({**values, "name": name})
    return Plan(arms, tuple(range(1, spec.seeds + 1)))


def arm_name(draw: int, part: str, step: float) -> str:
    """Return the name of a part of a draw at a step of strength."""
    return f"{part} #{draw + 1} at {step:g}"


def at_equal_money(study: Study, spec: EqualMoney, runs: DataFrame, bank: str) -> DataFrame:
    """Return one row per (draw, part): the change of the first metric at the amount allowed.

    Columns: draw, arm (the part), strength, spent (CNY), the metric, capped: the part cannot
    spend the amount even at its strongest, so it stays there.  Prices are drawn too: the cost of a
    part beyond the base is multiplied by a random number in each draw.
    """
    import pandas as pd

    metric = study.content.metrics[0]
    names = [arm for arm in runs["arm"].unique() if arm != BASE]
    one = panel(runs, [BASE, *names], ["cost", metric], bank, "drop")
    available = spec.money * float(np.nanmean(one.of(BASE, "cost")))
    rng = np.random.default_rng(DRAWS_KEY + 1)
    rows = []
    for draw in range(spec.draws):
        for part in study.parts:
            price = rng.uniform(1.0 - spec.spread, 1.0 + spec.spread)
            cost, change = [0.0], [0.0]
            for step in STEPS:
                arm = arm_name(draw, part, step)
                extra = one.of(arm, "cost") - one.of(BASE, "cost")
                cost.append(price * float(np.nanmean(extra)))
                change.append(float(np.nanmean(one.of(arm, metric) - one.of(BASE, metric))))
            strength = strength_for(available, cost)
            steps = (0.0, *STEPS)
            rows.append(
                {"draw": draw + 1, "arm": part, "strength": strength}
                | {"spent": float(np.interp(strength, steps, cost))}
                | {metric: float(np.interp(strength, steps, change))}
                | {"capped": max(cost) < available}
            )
    return pd.DataFrame(rows)


def strength_for(available: float, cost: list[float]) -> float:
    """Return the first strength at which the cost reaches `available`, or the strongest step.

    `cost` holds the extra cost at strength 0 and at each of `STEPS`, joined by straight lines.
    """
    steps = (0.0, *STEPS)
    for k in range(1, len(steps)):
        if cost[k] >= available > cost[k - 1]:
            share = (available - cost[k - 1]) / (cost[k] - cost[k - 1])
            return steps[k - 1] + share * (steps[k] - steps[k - 1])
    return steps[-1]


def first_places(study: Study, draws: DataFrame) -> DataFrame:
    """Return the probability of rank 1 of each part, as `rank_one`, and how often it was capped."""
    metric = study.content.metrics[0]
    higher = METRICS[metric].better == "higher"
    table = rank_one(draws, metric, "higher" if higher else "lower")
    means = draws.groupby("arm")[[metric, "spent", "strength", "capped"]].mean()
    return table.merge(means.reset_index(), on="arm")
