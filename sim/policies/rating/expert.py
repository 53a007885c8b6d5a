"""Expert rating: weights and a probit link set by judgement.

PD_hat = Phi((a - b m) / sqrt(1 + b^2 v)), exact for a Gaussian belief.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import checked, param
from sim.credit.belief import Belief, default_probability
from sim.policies.rating import Floats, Lesson, Rating


class Expert(Rating):
    """Judgement of how dimensions count and how quality lowers default."""

    kind: Literal["expert"] = "expert"
    level: float = param(
        -1.85, unit="probit", ge=-10, le=10, source="D: lending to all",
        meaning="level a of the estimated chance of default Phi(a - b theta)",
    )  # fmt: skip
    slope: float = param(
        0.65, unit="probit per sd", ge=0, le=10, source="D: lending to all",
        meaning="slope b of that estimate in quality; below the true one the rating is too flat",
        cost="fixed_cost by `validation_cost`, in proportion",
    )  # fmt: skip
    validation_cost: float = param(
        10_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: data and validation",
        meaning="cost of the evidence that a rating of slope one rests on; it grows with the slope",
    )  # fmt: skip
    squared_weights: tuple[float, float, float, float, float] = param(
        (0.30, 0.30, 0.15, 0.15, 0.10), unit="shares",
        source="A: design notes, section 2; a large firm's are nearly all on finance",
        meaning="squared weights of operations, finance, owner, market and debts",
    )  # fmt: skip

    @checked
    def _weights_add_up(self) -> Expert:
        if min(self.squared_weights) < 0 or abs(sum(self.squared_weights) - 1.0) > 1e-9:
            found = ", ".join(f"{w:g}" for w in self.squared_weights)
            raise ValueError(f"squared_weights must be 0 or more and add up to 1, found {found}")
        return self

    def weights(self) -> Floats:
        return self._weights

    @cached_property
    def _weights(self) -> Floats:
        return np.sqrt(np.array(self.squared_weights))

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        return default_probability(overall.mean, overall.variance, self.level, self.slope)

    def yearly_cost(self, firms: int, seats: int) -> float:
        return self.validation_cost * self.slope * firms / 1000.0
