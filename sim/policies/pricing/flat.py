"""Flat price: the same rate for every borrower, whatever its risk."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.params import param
from sim.core.view import View
from sim.policies.pricing import Floats, PriceBasis, Pricing


class Flat(Pricing):
    """The book's break-even rate plus a margin."""

    kind: Literal["flat"] = "flat"
    fixed: float = param(
        0.0, unit="1/year", ge=0, le=10, source="A: 0 follows the book",
        meaning="a rate that stays whatever the book does; 0 follows the book's break-even rate",
    )  # fmt: skip

    def rate(self, files: View, basis: PriceBasis) -> Floats:
        if self.fixed > 0.0:
            return np.full(len(files), self.fixed)
        return basis.book + self.margin
