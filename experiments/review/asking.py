"""What a measurement of the review is, and how its arms are simulated on common seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.intervals import t_interval
from sim.analysis.study.arms import arm_named, scenario_of
from sim.core.names import BASE, PACKAGE
from sim.model.result import Result
from sim.runs.simulating import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario


class Figure(NamedTuple):
    """One figure: what it is, what the review found, what it is now, and half its interval."""

    what: str
    before: str
    now: float
    half: float = float("nan")


@dataclass(frozen=True)
class Asked:
    """On which seeds and, where they are not the review's, on how many firms it is measured."""

    seeds: int
    firms: int | None = None
    workers: int = 0

    def scenario(self, name: str, settings: Mapping[str, Any] | None = None) -> Scenario:
        """Return a scenario with settings that hold from month 1; keys of banks begin `bank.`."""
        base = load_scenario(name, {"firms.count": self.firms} if self.firms else None)
        return self.varied(base, settings or {})

    def varied(self, base: Scenario, settings: Mapping[str, Any]) -> Scenario:
        """Return the scenario with further settings, which hold from month 1."""
        first = next(iter(base.banks))
        return base.with_({whole(key, first): value for key, value in settings.items()})

    def package(self, study: str) -> tuple[Scenario, Scenario]:
        """Return base and package of a study."""
        read = load_study(study)
        both = (scenario_of(read, arm_named(read, name)) for name in (BASE, PACKAGE))
        size = {"firms.count": self.firms} if self.firms else {}
        base, package = (self.varied(one, size) for one in both)
        return base, package

    def run(self, scenario: Scenario, **more: Any) -> Result:
        """Simulate a scenario on the seeds."""
        return simulate(scenario, seeds=self.seeds, workers=self.workers, **more)

    def outcomes(self, scenario: Scenario) -> pd.DataFrame:
        """Return one row per seed: outcomes, and monthly means of what is in the ledger alone."""
        found = self.run(scenario)
        first = next(iter(scenario.banks))
        months = found.months[found.months["bank"] == first].drop(columns="bank")
        means = months.groupby("seed").mean()
        summary = found.summary[found.summary["bank"] == first].drop(columns="bank")
        outcomes = summary.set_index("seed")
        return outcomes.join(means.drop(columns=outcomes.columns.intersection(means.columns)))


def whole(key: str, bank: str) -> str:
    """Return a dotted key of the scenario."""
    return f"banks.{bank}.{key.removeprefix('bank.')}" if key.startswith("bank.") else key


def change(
    what: str, before: str, base: pd.Series, other: pd.Series, factor: float = 1.0
) -> Figure:
    """Return the paired difference of two columns, with half of its 95 % interval."""
    found = t_interval(factor * (other - base).to_numpy(float))
    return Figure(what, before, found.mean, (found.high - found.low) / 2)


def level(what: str, before: str, values: pd.Series, factor: float = 1.0) -> Figure:
    """Return the mean of a column, with half of its 95 % interval."""
    found = t_interval(factor * np.asarray(values, float))
    return Figure(what, before, found.mean, (found.high - found.low) / 2)


Measure = Callable[[Asked], Iterator[Figure]]
MEASURES: dict[str, Measure] = {}


def again(number: str) -> Callable[[Measure], Measure]:
    """Mark a function as what measures a numbered finding again."""

    def mark(measure: Measure) -> Measure:
        MEASURES[number] = measure
        return measure

    return mark


PERCENT, MILLION = 100.0, 1e-6
