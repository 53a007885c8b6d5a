"""Flat price: the same rate for every borrower, whatever its risk."""

from __future__ import annotations

from typing import Literal

from sim.core.view import View
from sim.policies.pricing import Floats, PriceBasis, Pricing


class Flat(Pricing):
    """The book's break-even rate plus a margin."""

    kind: Literal["flat"] = "flat"

    def rate(self, files: View, basis: PriceBasis) -> Floats:
        return basis.book + self.margin
