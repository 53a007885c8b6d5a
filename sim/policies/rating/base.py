"""The base of the rating policies: what every member declares and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.credit.belief import Belief, combine
from sim.policies.policy import Policy

Lesson = Any  # what a rating has learned in one run; None before it has learned


class Rating(Policy):
    """How beliefs are weighted and converted into a probability of default."""

    process: ClassVar[str] = "mean_pd"  # what another kind moves

    def weights(self, usual: Floats) -> Floats:
        """Return the weight given to each dimension of quality, shape (5,).

        `usual` (5,) are the dimensions' weights in overall quality.
        """
        return usual

    def overall(self, mean: Floats, variance: Floats, usual: Floats) -> Belief:
        """Return the belief about overall quality, (n,), from those per dimension, (5, n).

        `usual` (5,) are the dimensions' weights in overall quality.
        """
        return combine(self.weights(usual), mean, variance)

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        """Return the probability of default, shape (n,).

        `overall` is the belief about overall quality, (n,); `mean` (5, n) the means per dimension;
        `run` (n,) says which lesson of `lessons` (runs,) applies.
        """
        raise NotImplementedError(f"{type(self).__name__} must define `pd`")

    @property
    def learns_every(self) -> int:
        """Months between estimations; 0 where the rating is not estimated."""
        return 0

    @property
    def outcome_after(self) -> int:
        """Months after which a loan's outcome counts; 0 where the rating is not estimated."""
        return 0

    @property
    def uses_bureau(self) -> bool:
        """Whether the sample includes loans that a rival made to the bank's applicants."""
        return False

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        """Return what is estimated from old loans of one run, or None where they are too few.

        `features` (loans, 5) are the mean beliefs at approval; `defaulted` (loans,) their outcome.
        """
        return None
