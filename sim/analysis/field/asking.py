"""What the model gives for a question: a number with its 95 % interval, on common seeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.experiments.field_blocks import Asked, How, Unit, Window
from sim.analysis.intervals import t_interval
from sim.analysis.ratio import fieller

if TYPE_CHECKING:
    import pandas as pd

PERCENT = 100.0
FACTORS: dict[Unit, float] = {"%": PERCENT, "points": PERCENT}  # shares in results are fractions
NO_EFFECT: dict[How, float] = {"change": 0.0, "ratio": 1.0, "difference": 0.0, "elasticity": 0.0}


class Answer(NamedTuple):
    """A number with its interval, in the published unit; NaN with `why` where there is none."""

    value: float
    low: float
    high: float
    n: int  # seeds
    why: str

    def times(self, factor: float, less: float = 0.0) -> Answer:
        """Return ``factor (number - less)``, for a positive factor."""
        moved = [factor * (one - less) for one in (self.value, self.low, self.high)]
        return self._replace(value=moved[0], low=moved[1], high=moved[2])


def answer(asked: Asked, unit: Unit, runs: pd.DataFrame) -> Answer:
    """Return the model's number from the outcomes of one bank, one row per arm and seed."""
    return HOW[asked.how](asked, runs).times(FACTORS.get(unit, 1.0))


def windowed(months: pd.DataFrame, window: Window) -> pd.Series:
    """Return a window's outcome by arm and seed; NaN or infinite where it divides by nothing."""
    found = _summed(months, window, window.months)
    return found / _summed(months, window, window.over) if window.over else found


def _summed(months: pd.DataFrame, window: Window, span: list[int]) -> pd.Series:
    chosen = months[months["month"].between(span[0], span[1])]
    columns = [window.of, *([window.per] if window.per else [])]
    sums = chosen.groupby(["arm", "seed"])[columns].sum()
    return sums[window.of] / sums[window.per] if window.per else sums[window.of]


def _paired(asked: Asked, runs: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return an outcome in both arms, by seed, of the seeds that both have."""
    wide = runs.pivot(index="seed", columns="arm", values=metric)
    return wide[[asked.other, asked.base]].dropna()


def _ratio(asked: Asked, runs: pd.DataFrame) -> Answer:
    both = _paired(asked, runs, asked.metric)
    return Answer(*fieller(both[asked.other], both[asked.base]))


def _change(asked: Asked, runs: pd.DataFrame) -> Answer:
    """``mean(other) / mean(base) - 1``."""
    return _ratio(asked, runs).times(1.0, less=1.0)


def _difference(asked: Asked, runs: pd.DataFrame) -> Answer:
    both = _paired(asked, runs, asked.metric)
    return _mean(both[asked.other] - both[asked.base])


def _level(asked: Asked, runs: pd.DataFrame) -> Answer:
    return _mean(runs.loc[runs["arm"] == asked.other, asked.metric])


def _elasticity(asked: Asked, runs: pd.DataFrame) -> Answer:
    """``mean(d ln metric) / mean(d ln price)``."""
    moved, by = (_logs(asked, runs, name) for name in (asked.metric, asked.price))
    both = moved.index.intersection(by.index)
    return Answer(*fieller(moved[both], by[both]))


def _logs(asked: Asked, runs: pd.DataFrame, metric: str) -> pd.Series:
    """Return the change of the logarithm of an outcome by seed; not finite where it is 0."""
    both = _paired(asked, runs, metric)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(both[asked.other]) - np.log(both[asked.base])


def _mean(values: pd.Series) -> Answer:
    found = t_interval(values)
    why = "" if found.n > 1 else "fewer than two seeds have a value"
    return Answer(found.mean, found.low, found.high, found.n, why)


HOW: dict[How, Callable[[Asked, pd.DataFrame], Answer]] = {
    "change": _change,
    "ratio": _ratio,
    "difference": _difference,
    "level": _level,
    "elasticity": _elasticity,
}
