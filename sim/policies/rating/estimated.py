"""Estimated rating: weights learned each year from the bank's own old loans.

A ridge probit of default on the beliefs held at approval.  The outcome of refused firms is not
observed, so there is selection bias; bureau data reduce it, and exploration (see approval) removes
it at a cost.  Until the sample is large enough, the expert rating applies.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.params import param
from sim.credit import normal
from sim.credit.binary_regression import fit_probit
from sim.policies.learned_rating import PD_RANGE, LearnedRating
from sim.policies.rating.base import Lesson


class Estimated(LearnedRating):
    """Estimate by probit how beliefs predict default."""

    kind: Literal["estimated"] = "estimated"  # type: ignore[assignment]
    ridge: float = param(
        5.0, unit="prior loans", ge=0, le=1e6, source="A: mild shrinkage",
        meaning="penalty on the squared weights",
        no_lever="method",
    )  # fmt: skip

    def predict(self, lesson: Lesson, features: Floats) -> Floats:
        score = lesson[0] + (features * lesson[1:]).sum(axis=1)
        return np.clip(normal.cdf(score), *PD_RANGE)

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        if not self.enough(defaulted):
            return None
        return fit_probit(features, defaulted.astype(float), ridge=self.ridge).coefficients
