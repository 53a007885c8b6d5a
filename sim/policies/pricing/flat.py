"""Flat price: the same rate for every borrower, independent of its risk."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.pricing.base import PriceBasis, Pricing


class Flat(Pricing):
    """The book's break-even rate plus a margin."""

    kind: Literal["flat"] = "flat"
    fixed: float = param(
        0.0, unit="1/year", ge=0, le=10, source="A: 0 follows the book",
        meaning="fixed rate, independent of the book; 0: the book's break-even rate plus margin",
        cost="lending forgone where it is raised: fewer offers are taken",
        extremes=(0.0, 0.1), process="mean_rate rate_dispersion",
    )  # fmt: skip

    @checked
    def _a_fixed_rate_can_be_offered_as_it_is(self) -> Flat:
        if self.fixed > 0.0 and self.margin != 0.0:
            raise ClashError(
                f"fixed {self.fixed:g} is the whole rate, so margin {self.margin:g} has no "
                "effect: add it to fixed, or leave fixed at 0",
                "margin",
            )
        if self.fixed > self.rate_cap:
            raise ClashError(
                f"fixed {self.fixed:g} is above rate_cap {self.rate_cap:g}, so no loan could be "
                "made: raise rate_cap or lower fixed",
                "fixed",
            )
        return self

    def rate(self, files: View, basis: PriceBasis) -> Floats:
        if self.fixed > 0.0:
            return np.full(len(files), self.fixed)
        return basis.book + self.margin
