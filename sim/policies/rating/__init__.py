"""Rating: from what a bank believes of a firm to the chance that its loan defaults.

May import: core, credit, state.
Never: knows the firm's quality; it weighs beliefs, and its weights may be wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Family
from sim.credit.belief import Belief, combine
from sim.policies.policy import Policy
from sim.state.firms import WEIGHTS

Floats = NDArray[np.float64]
Lesson = Any  # what a rating has learned in one run; None before it has learned


class Rating(Policy):
    """How beliefs are weighed and turned into a probability of default."""

    def weights(self) -> Floats:
        """Return the weight given to each dimension of quality, shape (5,)."""
        return WEIGHTS

    def overall(self, mean: Floats, variance: Floats) -> Belief:
        """Weigh beliefs per dimension, (5, n), into one about overall quality, (n,)."""
        return combine(self.weights(), mean, variance)

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        """Return the probability of default, shape (n,).

        `overall` is the belief about overall quality, (n,); `mean` (5, n) the means per dimension;
        `run` (n,) tells whose lesson of `lessons` (runs,) applies.
        """
        raise NotImplementedError(f"{type(self).__name__} must rate")

    @property
    def learns_every(self) -> int:
        """Months between lessons; 0 where nothing is learned."""
        return 0

    @property
    def uses_bureau(self) -> bool:
        """Whether loans that a rival made to the bank's applicants count as experience."""
        return False

    def learn(self, features: Floats, defaulted: NDArray[np.bool_]) -> Lesson:
        """Return what old loans of one run teach, or None where they are too few.

        `features` (loans, 5) are the means believed at approval, `defaulted` (loans,).
        """
        return None


RATING: Family[Rating] = Family(__name__, Rating)
