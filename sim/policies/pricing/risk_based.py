"""Risk-based price: the rate reflects a share of the difference between loan and book.

r = r_be(book) + margin + beta (r_be(PD, LGD) - r_be(book))
"""

from __future__ import annotations

from typing import Literal

from sim.core.arrays import Floats
from sim.core.params import param
from sim.core.view import View
from sim.policies.pricing.base import PriceBasis, Pricing


class RiskBased(Pricing):
    """Charge higher rates for riskier loans."""

    kind: Literal["risk_based"] = "risk_based"
    sensitivity: float = param(
        0.2, unit="ratio", ge=0, le=2, source="A: .2 base, .8 optimised",
        meaning="beta: share of a loan's own risk that is reflected in its rate",
        cost="fixed_cost by `model_cost`, in proportion",
        extremes=(0.0, 1.0), process="rate_dispersion",
    )  # fmt: skip
    model_cost: float = param(
        20_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: half an analyst",
        meaning="cost of models and negotiation if the rate fully reflects a loan's own risk",
        no_lever="price",
    )  # fmt: skip

    def rate(self, files: View, basis: PriceBasis) -> Floats:
        return basis.book + self.margin + self.sensitivity * (basis.own - basis.book)

    def yearly_cost(self, firms: int, seats: float) -> float:
        return self.model_cost * self.sensitivity * firms / 1000.0
