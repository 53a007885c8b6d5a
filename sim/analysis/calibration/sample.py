"""What the moments are computed from: one variant of the base case on some seeds.

The runs of a calibration are runs like any other, with what its census counts as further outcomes
of the first bank: a column per cell, named ``lives 0 3 17``.
"""

from __future__ import annotations

import re
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


@dataclass(frozen=True)
class Sample:
    """A scenario's outcomes over seeds, of its first bank."""

    scenario: Scenario
    summary: pd.DataFrame
    months: pd.DataFrame
    exposed: dict[str, Floats]  # (seeds, cells) performing loan-months by name of the split
    defaulted: dict[str, Floats]  # (seeds, cells)
    lost: Floats  # (seeds, ages) write-offs of long loans
    lost_longest: Floats  # (seeds, ages) write-offs of loans of the longest term
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


@dataclass(frozen=True)
class Counted:
    """A result whose outcomes hold, for the first bank, what its loans were counted for."""

    summary: pd.DataFrame
    months: pd.DataFrame


def simulate_counted(scenario: Scenario, *, seeds: Sequence[int]) -> Counted:
    """Simulate seeds side by side, with the counts of every loan as further outcomes."""
    import pandas as pd

    census = Census(scenario, list(seeds)).take()
    result = result_of(census.simulation.market, census.simulation.recorder)
    bank = next(iter(scenario.banks))
    counts: dict[str, Floats] = {
        **{f"exposed {name}": one for name, one in census.exposed.items()},
        **{f"defaulted {name}": one for name, one in census.defaulted.items()},
        "lost": census.lost,
        "lost_longest": census.lost_longest,
        "lives": _lifetimes(result.survival, bank),
        "whole": census.whole,
        "cohort": _cohort(result.vintages, bank),
    }
    columns = {}
    for name, values in counts.items():
        for index in np.ndindex(values.shape[1:]):
            columns[" ".join([name, *map(str, index)])] = values[(slice(None), *index)]
    own = result.summary["bank"] == bank
    table = pd.DataFrame(columns, index=result.summary.index[own])
    return Counted(result.summary.join(table), result.months)


def sample_of(runs: pd.DataFrame, months: pd.DataFrame, scenario: Scenario) -> Sample:
    """Return the sample in the frames of one arm of counted runs."""
    bank = next(iter(scenario.banks))
    mine = runs[runs["bank"] == bank].sort_values("seed").reset_index(drop=True)
    counts = {name: _gathered(mine, name) for name in _counts_of(mine)}
    return Sample(
        scenario=scenario,
        summary=mine,
        months=months[months["bank"] == bank].drop(columns="arm"),
        exposed={k.split()[1]: v for k, v in counts.items() if k.startswith("exposed ")},
        defaulted={k.split()[1]: v for k, v in counts.items() if k.startswith("defaulted ")},
        lost=counts["lost"],
        lost_longest=counts["lost_longest"],
        lives=counts["lives"],
        whole=counts["whole"],
        cohort=counts["cohort"],
    )


def sample(scenario: Scenario, seeds: Sequence[int]) -> Sample:
    """Simulate a scenario on these seeds in this process, and return the sample."""
    counted = simulate_counted(scenario, seeds=sorted(seeds))
    return sample_of(counted.summary, counted.months.assign(arm=scenario.name), scenario)


def _counts_of(runs: pd.DataFrame) -> list[str]:
    """Return the names of the counts among the columns of counted runs."""
    names = (re.fullmatch(r"(\w+(?: [a-z]\w*)?)(?: \d+)+", str(name)) for name in runs.columns)
    return list(dict.fromkeys(found[1] for found in names if found))


def _gathered(runs: pd.DataFrame, name: str) -> Floats:
    """Return the columns of a count as an array, seeds first."""
    columns = [column for column in map(str, runs.columns) if _belongs(column, name)]
    last = columns[-1].removeprefix(f"{name} ").split()  # the columns are in the array's order
    shape = (len(runs), *(1 + int(index) for index in last))
    return runs[columns].to_numpy(float).reshape(shape)


def _belongs(column: str, name: str) -> bool:
    return re.fullmatch(rf"{name}(?: \d+)+", column) is not None


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
