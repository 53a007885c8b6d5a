"""How one piece of evidence supports or contradicts what a claim expects.

Each piece tests "the effect in the expected direction exceeds the margin", once for and once
against, so that a claim can be supported, refuted, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

from sim.analysis.intervals import finite, t_interval
from sim.analysis.regimes import Share
from sim.core.arrays import Floats

Expect = Literal["lower", "higher"]


class Estimate(NamedTuple):
    """A number with the ends of its interval."""

    value: float
    low: float
    high: float


class Evidence(Protocol):
    """One thing that must hold for a claim to hold."""

    @property
    def label(self) -> str:
        """Return what the estimate is of."""

    @property
    def n(self) -> int:
        """Return how many seeds or points are used."""

    @property
    def untestable_because(self) -> str:
        """Return why this piece cannot be tested, or an empty string."""

    @property
    def threshold(self) -> float:
        """Return the value that the estimate is tested against."""

    def p_values(self) -> tuple[float, float]:
        """Return the one-sided p-values for the claim and against it."""

    def estimate(self, level: float) -> Estimate:
        """Return the estimate with an interval of coverage `level`."""


@dataclass(frozen=True)
class MeanEvidence:
    """A mean over seeds, expected to lie beyond a margin on one side of zero."""

    label: str
    values: Floats  # (n,) paired differences in the metric's own direction and unit
    expect: Expect
    margin: float = 0.0
    note: str = ""

    @property
    def n(self) -> int:
        """Return the number of seeds with a value."""
        return len(finite(self.values))

    @property
    def untestable_because(self) -> str:
        """Return why it cannot be tested (no variation, or nothing changed), or an empty string."""
        x = finite(self.values)
        if self.note:
            return self.note
        if len(x) < 2:
            return f"only {len(x)} seeds have a value"
        return "" if x.any() else "it is zero in every seed: nothing was changed"

    @property
    def threshold(self) -> float:
        """Return the margin with the sign of the expected direction."""
        return self.margin if self.expect == "higher" else -self.margin

    def p_values(self) -> tuple[float, float]:
        """Return one-sided p-values of "beyond the margin" and "short of the margin"."""
        if self.untestable_because:
            return 1.0, 1.0
        found = t_interval(self.values, null=self.threshold)
        ahead = found.mean > self.threshold
        if self.expect == "lower":
            ahead = found.mean < self.threshold
        small, large = found.p / 2, 1 - found.p / 2
        return (small, large) if ahead else (large, small)

    def estimate(self, level: float) -> Estimate:
        """Return the mean with its t interval."""
        found = t_interval(self.values, level)
        return Estimate(found.mean, found.low, found.high)


@dataclass(frozen=True)
class ShareEvidence:
    """A share of the points of a design, expected to exceed a share set beforehand."""

    label: str
    holds: int
    points: int
    at_least: float

    @property
    def n(self) -> int:
        """Return the number of points with an answer."""
        return self.points

    @property
    def untestable_because(self) -> str:
        """Return why it cannot be tested, or an empty string."""
        return "" if self.points else "no point of the design has an answer"

    @property
    def threshold(self) -> float:
        """Return the share to exceed."""
        return self.at_least

    def p_values(self) -> tuple[float, float]:
        """Return one-sided p-values of the score test, which agrees with Wilson's interval."""
        if self.untestable_because:
            return 1.0, 1.0
        from statsmodels.stats.proportion import proportions_ztest

        score = {"value": self.at_least, "prop_var": self.at_least}
        larger = proportions_ztest(self.holds, self.points, alternative="larger", **score)
        return float(larger[1]), float(1 - larger[1])

    def estimate(self, level: float) -> Estimate:
        """Return the share with its Wilson interval."""
        if self.untestable_because:
            return Estimate(np.nan, np.nan, np.nan)
        from statsmodels.stats.proportion import proportion_confint

        low, high = proportion_confint(self.holds, self.points, 1 - level, method="wilson")
        return Estimate(self.holds / self.points, float(low), float(high))


def share_evidence(label: str, found: Share, at_least: float) -> ShareEvidence:
    """Return the evidence that a share of a design gives."""
    return ShareEvidence(label, found.holds, found.n, at_least)
