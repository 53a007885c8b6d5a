"""Rating: from what a bank believes of a firm to the chance that its loan defaults.

May import: core, credit, state.
Never: knows the firm's quality; it weighs beliefs, and its weights may be wrong.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Family, Member
from sim.credit.belief import Belief, combine
from sim.state.firms import WEIGHTS

Floats = NDArray[np.float64]


class Rating(Member):
    """How beliefs are weighed and turned into a probability of default."""

    def weights(self) -> Floats:
        """Return the weight given to each dimension of quality, shape (5,)."""
        return WEIGHTS

    def overall(self, mean: Floats, variance: Floats) -> Belief:
        """Weigh beliefs per dimension, (5, n), into one about overall quality, (n,)."""
        return combine(self.weights(), mean, variance)

    def pd(self, mean: Floats, variance: Floats) -> Floats:
        """Return the probability of default of a belief about overall quality, shape (n,)."""
        raise NotImplementedError(f"{type(self).__name__} must rate")


RATING: Family[Rating] = Family(__name__, Rating)
