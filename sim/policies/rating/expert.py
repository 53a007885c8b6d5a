"""Expert rating: weights and a probit link set by judgement.

PD_hat = Phi((a - b m) / sqrt(1 + b^2 v)), exact for a Gaussian belief.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, read_only
from sim.core.params import checked, param
from sim.credit.belief import Belief, default_probability
from sim.policies.rating.base import Lesson, Rating

SMALL_FIRMS = (0.30, 0.30, 0.15, 0.15, 0.10)


class Expert(Rating):
    """Expert judgement of weights and of the effect of quality on default."""

    kind: Literal["expert"] = "expert"
    level: float = param(
        -1.85, unit="probit", ge=-10, le=10, source="D: lending to all",
        meaning="level a of the estimated probability of default Phi(a - b theta)",
        cost="lending forgone where it is raised: less is disbursed",
        extremes=(-2.3, -1.5), process="mean_pd",
    )  # fmt: skip
    slope: float = param(
        0.65, unit="probit per sd", ge=0, le=10, source="D: lending to all",
        meaning="slope b of that estimate; below the true slope, estimates differ too little",
        cost="fixed_cost by `validation_cost`, in proportion",
        extremes=(0.2, 1.2), process="pd_spread",
    )  # fmt: skip
    validation_cost: float = param(
        10_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: data and validation",
        meaning="cost of data and validation for a rating of slope one; proportional to the slope",
        no_lever="price",
    )  # fmt: skip
    squared_weights: tuple[float, float, float, float, float] = param(
        SMALL_FIRMS, unit="shares",
        source="A: design notes, section 2; a large firm's are nearly all on finance",
        meaning="squared weights of operations, finance, owner, market and debts",
        cost="fixed_cost by `reweighting_cost`, by the share of weight moved from `usual_weights`",
        extremes=((0.02, 0.9, 0.02, 0.04, 0.02), (0.3, 0.3, 0.15, 0.15, 0.1)),
        process="pd_spread belief_variance",
    )  # fmt: skip
    usual_weights: tuple[float, float, float, float, float] = param(
        SMALL_FIRMS, unit="shares", source="A: the bank's existing rating",
        meaning="squared weights of the existing rating, which cause no cost",
        no_lever="scale",
    )  # fmt: skip
    reweighting_cost: float = param(
        40_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9,
        source="A: twice the data and analysts of a learned rating",
        meaning="cost per year to develop and validate a rating that moves all weight",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _weights_add_up(self) -> Expert:
        for name in ("squared_weights", "usual_weights"):
            shares = getattr(self, name)
            if min(shares) < 0 or abs(sum(shares) - 1.0) > 1e-9:
                found = ", ".join(f"{w:g}" for w in shares)
                raise ValueError(f"{name} must be 0 or more and add up to 1, found {found}")
        return self

    @property
    def moved(self) -> float:
        """Share of the weight that differs from the existing rating."""
        pairs = zip(self.squared_weights, self.usual_weights, strict=True)
        return 0.5 * sum(abs(new - old) for new, old in pairs)

    def weights(self, usual: Floats) -> Floats:
        return self._weights.copy()

    @cached_property
    def _weights(self) -> Floats:
        return read_only(np.sqrt(np.array(self.squared_weights)))

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        return default_probability(overall.mean, overall.variance, self.level, self.slope)

    def yearly_cost(self, firms: int, seats: float) -> float:
        yearly = self.validation_cost * self.slope + self.reweighting_cost * self.moved
        return yearly * firms / 1000.0
