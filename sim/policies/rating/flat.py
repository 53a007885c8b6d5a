"""Flat rating: every borrower gets the same probability of default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.core.params import param
from sim.credit.belief import Belief
from sim.policies.rating.base import Lesson, Rating


class Flat(Rating):
    """One probability for all."""

    kind: Literal["flat"] = "flat"
    default_probability: float = param(
        0.05, unit="probability", gt=0, lt=1, source="A: the book's own experience",
        meaning="probability of default assigned to every borrower",
        cost="lending forgone where it is raised: less is disbursed",
        extremes=(0.02, 0.2), process="mean_pd",
    )  # fmt: skip

    def pd(
        self,
        overall: Belief,
        mean: Floats,
        run: NDArray[np.integer],
        lessons: Sequence[Lesson],
    ) -> Floats:
        return np.full(np.shape(overall.mean), self.default_probability)
