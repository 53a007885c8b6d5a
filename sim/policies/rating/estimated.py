"""Estimated rating: weights learned each year from the bank's own old loans.

A ridge probit of default on the beliefs held at approval.  Refused firms never show their outcome,
so the sample is selected; a bureau's data lessen that, and exploration (see approval) buys it off.
Until there is enough to learn from, the expert's judgement stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.credit import normal
from sim.credit.belief import Belief
from sim.credit.binary_regression import fit_probit
from sim.policies.rating import Floats, Lesson
from sim.policies.rating.expert import Expert


class Estimated(Expert):
    """Learn how beliefs go with default."""

    kind: Literal["estimated"] = "estimated"  # type: ignore[assignment]
    fewest_loans: int = param(
        200, unit="loans", ge=10, le=10_000_000, source="P: usual minimum for a scorecard",
        meaning="old loans needed before anything is learned",
    )  # fmt: skip
    fewest_defaults: int = param(
        30, unit="loans", ge=2, le=1_000_000, source="P: usual minimum for a scorecard",
        meaning="defaults among them needed before anything is learned",
    )  # fmt: skip
    ridge: float = param(
        5.0, unit="prior loans", ge=0, le=1e6, source="A: mild shrinkage",
        meaning="penalty on the squared weights",
    )  # fmt: skip
    bureau: bool = param(
        False, unit="switch", source="A: credit bureau",
        meaning="outcomes of loans that a rival made to the bank's applicants are learned from too",
        cost="fixed_cost by `data_cost`",
    )  # fmt: skip
    data_cost: float = param(
        20_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: data and analysts",
        meaning="cost of keeping a learned rating; twice that with a bureau's data",
    )  # fmt: skip

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        out = super().pd(overall, mean, run, lessons)
        for number, lesson in enumerate(lessons):
            if lesson is not None:
                mine = run == number
                out[mine] = self.predict(lesson, mean[:, mine].T)
        return out

    def predict(self, lesson: Lesson, features: Floats) -> Floats:
        """Return what a lesson says of beliefs (n, 5), shape (n,)."""
        score = lesson[0] + (features * lesson[1:]).sum(axis=1)
        return np.clip(normal.cdf(score), 1e-4, 0.99)

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        if not self.enough(defaulted):
            return None
        return fit_probit(features, defaulted.astype(float), ridge=self.ridge).coefficients

    def enough(self, defaulted: NDArray[np.bool_]) -> bool:
        """Tell whether there is enough to learn from."""
        bad = int(defaulted.sum())
        few = min(bad, defaulted.size - bad) < self.fewest_defaults
        return defaulted.size >= self.fewest_loans and not few

    @property
    def learns_every(self) -> int:
        return 12

    @property
    def uses_bureau(self) -> bool:
        return self.bureau

    def yearly_cost(self, firms: int, seats: int) -> float:
        return self.data_cost * (1.0 + self.bureau) * firms / 1000.0
