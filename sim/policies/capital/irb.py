"""Internal ratings: the Basel risk weight of an exposure with the book's mean PD.

Small firms may be treated as retail, or as corporates with the firm-size adjustment.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.credit.irb import PD_FLOOR, risk_weight
from sim.policies.capital.base import Capital

HIGHEST_PD = 0.999  # the formula is for loans that have not defaulted


class InternalRatings(Capital):
    """The risk weight of the Basel formula."""

    kind: Literal["irb"] = "irb"
    lgd: float = param(
        0.45, unit="share", ge=0, le=1, source="R: foundation value for unsecured claims",
        meaning="loss given default in the formula",
        no_lever="rule",
    )  # fmt: skip
    model_cost: float = param(
        100_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9,
        source="A: half of a machine-learned rating's platform",
        meaning="cost of models, validation and reports required by the supervisor",
        no_lever="price",
    )  # fmt: skip
    retail: bool = param(
        True, unit="switch", source="R: loans to one small firm up to EUR 1 million may be retail",
        meaning="on: retail exposures; off: corporate ones, with maturity and firm-size adjustment",
        no_lever="rule",
    )  # fmt: skip
    maturity: float = param(
        1.0, unit="years", ge=1, le=5, source="A: a year of working capital",
        meaning="effective maturity in the formula for corporates",
        no_lever="rule",
    )  # fmt: skip
    turnover: float = param(
        4e6, unit="CNY/year", gt=0, le=1e12, source="A: the market's median firm",
        meaning="annual turnover in the firm-size adjustment for corporates",
        no_lever="rule",
    )  # fmt: skip
    cny_per_eur: float = param(
        7.8, unit="CNY/EUR", gt=0, le=1000, source="R: mean rate of 2018, rounded",
        meaning="exchange rate; the formula states turnover in euro",
        no_lever="rule",
    )  # fmt: skip

    def yearly_cost(self, firms: int, seats: float) -> float:
        return self.model_cost * firms / 1000.0

    def risk_weight(self, pd: Floats) -> Floats:
        millions = self.turnover / self.cny_per_eur / 1e6
        pd = np.clip(pd, PD_FLOOR, HIGHEST_PD)
        return risk_weight(pd, self.lgd, self.maturity, millions, self.retail)
