"""What every rating that learns has in common: when there is enough to learn from, and its price.

It stands beside the family of ratings, not in it, since it is no rating by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.credit.belief import Belief
from sim.policies.rating import Floats, Lesson
from sim.policies.rating.expert import Expert


class LearnedRating(Expert):
    """An expert's rating until old loans have taught something better."""

    fewest_loans: int = param(
        200, unit="loans", ge=10, le=10_000_000, source="P: usual minimum for a scorecard",
        meaning="old loans needed before anything is learned",
        no_lever="method",
    )  # fmt: skip
    fewest_defaults: int = param(
        30, unit="loans", ge=2, le=1_000_000, source="P: usual minimum for a scorecard",
        meaning="defaults among them needed before anything is learned",
        no_lever="method",
    )  # fmt: skip
    bureau: bool = param(
        False, unit="switch", source="A: credit bureau",
        meaning="outcomes of loans that a rival made to the bank's applicants are learned from too",
        cost="fixed_cost by `data_cost`, twice",
    )  # fmt: skip
    data_cost: float = param(
        20_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: data and analysts",
        meaning="cost of keeping a learned rating; twice that with a bureau's data",
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
        """Return what a lesson says of beliefs (n, 5), shape (n,)."""
        raise NotImplementedError(f"{type(self).__name__} must predict")

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
        data = self.data_cost * (1.0 + self.bureau) * firms / 1000.0
        return super().yearly_cost(firms, seats) + data
