"""Estimated rating: weights learned each year from the bank's own old loans.

A ridge probit of default on the beliefs held at approval.  Refused firms never show their outcome,
so the sample is selected; a bureau's data lessen that, and exploration (see approval) buys it off.
Until there is enough to learn from, the expert's judgement stands.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.credit import normal
from sim.credit.binary_regression import fit_probit
from sim.policies.learned_rating import LearnedRating
from sim.policies.rating import Floats, Lesson


class Estimated(LearnedRating):
    """Learn how beliefs go with default."""

    kind: Literal["estimated"] = "estimated"  # type: ignore[assignment]
    ridge: float = param(
        5.0, unit="prior loans", ge=0, le=1e6, source="A: mild shrinkage",
        meaning="penalty on the squared weights",
        no_lever="method",
    )  # fmt: skip

    def predict(self, lesson: Lesson, features: Floats) -> Floats:
        score = lesson[0] + (features * lesson[1:]).sum(axis=1)
        return np.clip(normal.cdf(score), 1e-4, 0.99)

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        if not self.enough(defaulted):
            return None
        return fit_probit(features, defaulted.astype(float), ridge=self.ridge).coefficients
