"""What the moments are computed from: one variant of the base case on some seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.calibration.census import Census
from sim.core.arrays import Floats
from sim.model.result import result_of
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

COHORT_MONTHS, COHORT_AGE = 12, 24  # loans of a year, followed for two
SIDE_BY_SIDE = 25  # seeds simulated side by side, to limit memory


@dataclass(frozen=True)
class Sample:
    """A scenario's outcomes over seeds, of its first bank."""

    scenario: Scenario
    summary: pd.DataFrame
    months: pd.DataFrame
    exposed: dict[str, Floats]  # (seeds, cells) performing loan-months by name of the split
    defaulted: dict[str, Floats]  # (seeds, cells)
    lost: Floats  # (seeds, ages) write-offs of long loans
    lives: Floats  # (seeds, 2, terms, ages from 1) loans at risk, and first defaults
    whole: Floats  # (seeds, 2, terms) loans followed to their end, and those that default
    cohort: Floats  # (seeds, 2) loans of the first year, and those that default in two years of age

    @cached_property
    def _by_month(self) -> dict[str, Floats]:
        ordered = self.months.sort_values(["seed", "month"])
        seeds = ordered["seed"].nunique()
        return {
            str(name): ordered[name].to_numpy(dtype=float).reshape(seeds, -1)
            for name in ordered.columns.drop(["seed", "bank", "month"])
        }

    def series(self, name: str) -> Floats:
        """Return a monthly series, shape (seeds, months)."""
        return self._by_month[name]


def sample(scenario: Scenario, seeds: Sequence[int]) -> Sample:
    """Simulate a scenario on these seeds; results do not depend on how they are grouped."""
    import pandas as pd

    ordered = sorted(seeds)
    parts = [
        Census(scenario, ordered[at : at + SIDE_BY_SIDE]).take()
        for at in range(0, len(ordered), SIDE_BY_SIDE)
    ]
    results = [result_of(part.simulation.market, part.simulation.recorder) for part in parts]
    bank = next(iter(scenario.banks))
    summary = pd.concat([result.summary for result in results], ignore_index=True)
    months = pd.concat([result.months for result in results], ignore_index=True)
    return Sample(
        scenario=scenario,
        summary=summary[summary["bank"] == bank].sort_values("seed").reset_index(drop=True),
        months=months[months["bank"] == bank],
        exposed=_joined([part.exposed for part in parts]),
        defaulted=_joined([part.defaulted for part in parts]),
        lost=np.concatenate([part.lost for part in parts]),
        lives=np.concatenate([_lifetimes(result.survival, bank) for result in results]),
        whole=np.concatenate([part.whole for part in parts]),
        cohort=np.concatenate([_cohort(result.vintages, bank) for result in results]),
    )


def _lifetimes(survival: pd.DataFrame, bank: str) -> Floats:
    """Return loans at risk and first defaults by term and age, (seeds, 2, terms, ages)."""
    mine = survival[survival["bank"] == bank].sort_values(["seed", "tenor", "age"])
    shape = tuple(mine[name].nunique() for name in ("seed", "tenor", "age"))
    counts = [mine[name].to_numpy(float).reshape(shape) for name in ("at_risk", "defaults")]
    return np.stack(counts, axis=1)


def _cohort(vintages: pd.DataFrame, bank: str) -> Floats:
    """Return loans granted in the first months, and how many default by an age, (seeds, 2)."""
    mine = vintages[(vintages["bank"] == bank) & (vintages["granted"] <= COHORT_MONTHS)]
    loans = mine[mine["age"] == 0].groupby("seed")["loans"].sum()
    bad = mine[mine["age"] <= COHORT_AGE].groupby("seed")["defaults"].sum()
    return np.column_stack([loans, bad])


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
