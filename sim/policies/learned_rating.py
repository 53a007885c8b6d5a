"""What all learned ratings share: the minimum sample to learn from, and its cost.

It is not a member of the family of ratings, since it is not a complete rating.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.params import param
from sim.credit.belief import Belief
from sim.policies.rating.base import Lesson
from sim.policies.rating.expert import Expert

PD_RANGE = (1e-4, 0.99)  # a small sample proves no lower PD and no higher one


class LearnedRating(Expert):
    """The expert rating, until enough old loans are available to estimate a better one."""

    process: ClassVar[str] = "lessons pd_spread mean_pd"

    fewest_loans: int = param(
        200, unit="loans", ge=10, le=10_000_000, source="P: usual minimum for a scorecard",
        meaning="minimum number of old loans before the rating is estimated",
        no_lever="method",
    )  # fmt: skip
    fewest_defaults: int = param(
        30, unit="loans", ge=2, le=1_000_000, source="P: usual minimum for a scorecard",
        meaning="minimum number of defaults, and of non-defaults, among them",
        no_lever="method",
    )  # fmt: skip
    learning_interval: int = param(
        12, unit="months", ge=1, le=1200, source="A: models are reviewed yearly",
        meaning="months between estimations",
        no_lever="method",
    )  # fmt: skip
    matured: int = param(
        24, unit="months", ge=1, le=600, source="P: usual performance window",
        meaning="months from grant after which a loan's outcome counts",
        no_lever="method",
    )  # fmt: skip
    bureau: bool = param(
        False, unit="switch", source="A: credit bureau",
        meaning="the sample includes loans that a rival made to the bank's applicants",
        cost="fixed_cost by `data_cost`, twice",
        extremes=(False, True), process="pd_spread mean_pd",
    )  # fmt: skip
    data_cost: float = param(
        20_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: data and analysts",
        meaning="running cost of a learned rating; double with bureau data",
        no_lever="price",
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
        """Return the PD that a lesson predicts from beliefs `features` (n, 5), shape (n,)."""
        raise NotImplementedError(f"{type(self).__name__} must predict")

    def enough(self, defaulted: NDArray[np.bool_]) -> bool:
        """Return whether the sample is large enough; `defaulted` is (loans,)."""
        bad = int(defaulted.sum())
        few = min(bad, defaulted.size - bad) < self.fewest_defaults
        return defaulted.size >= self.fewest_loans and not few

    @property
    def learns_every(self) -> int:
        return self.learning_interval

    @property
    def outcome_after(self) -> int:
        return self.matured

    @property
    def uses_bureau(self) -> bool:
        return self.bureau

    def yearly_cost(self, firms: int, seats: float) -> float:
        data = self.data_cost * (1.0 + self.bureau) * firms / 1000.0
        return super().yearly_cost(firms, seats) + data
