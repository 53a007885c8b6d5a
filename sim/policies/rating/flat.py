"""Flat rating: every borrower is given the same probability of default."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.params import param
from sim.policies.rating import Floats, Rating


class Flat(Rating):
    """One probability for all."""

    kind: Literal["flat"] = "flat"
    default_probability: float = param(
        0.05, unit="probability", gt=0, lt=1, source="A: the book's own experience",
        meaning="probability of default given to everyone",
    )  # fmt: skip

    def pd(self, mean: Floats, variance: Floats) -> Floats:
        return np.full(np.shape(mean), self.default_probability)
