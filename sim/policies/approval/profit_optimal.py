"""Profit-optimal cut-off: approve where a loan is expected to be profitable at the rate quoted.

A loan is profitable iff PD_hat is at most its break-even PD, `1 - (1-h)^12` with
`h = (r_m - f_m)/(r_m + LGD)` and r_m a twelfth of the quote less the cost of capital, work
and collateral and less the margin: the hazard at which its break-even rate equals the rate quoted.

The resulting cut-off depends on pricing.  Where the rate is the same for all, it is one PD for each
term and size of loan; these differ because the cost of work per balance differs.  Where rates
reflect a share beta < 1 of a loan's own risk, quote >= r_be(loan) + margin is the same as
`r_be(loan) <= r_be(book) + (pricing margin - margin)/(1 - beta)`: most applicants pay for part of
their risk, and where the price has a margin, a larger beta makes the cut-off less strict.  At
beta = 1 all pay for their own risk, and only the cap on rates leads to refusals.

A rate that follows the book with no margin excludes every applicant with a risk above the book's
mean.  So the mean falls, and with it the rate and the next cut-off: give pricing a margin, or a
fixed rate.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.params import param
from sim.core.view import View
from sim.credit.pricing import bearable_pd, cost_of_rate
from sim.policies.lending_rules import LendingRules
from sim.policies.pricing.base import PriceBasis

ROUNDING = 1e-9  # a loan priced exactly at cost is not refused because of rounding
NO_PD = -1.0  # below every estimate: even a risk-free loan would make a loss
MIN_LGD = 1e-12  # an LGD below this counts as zero; prevents 0/0


class ProfitOptimal(LendingRules):
    """Approve up to the probability of default that the quoted rate covers."""

    kind: Literal["profit_optimal"] = "profit_optimal"
    weighs_profit: ClassVar[bool] = True
    margin: float = param(
        0.0, unit="1/year", ge=-1, le=1, source="D: at 0 expected profit is zero",
        meaning="minimum by which the quoted rate must exceed the loan's break-even rate",
        cost="lending forgone: less is disbursed",
        extremes=(-0.02, 0.04), process="approval_rate",
    )  # fmt: skip
    earns_file: bool = param(
        False, unit="switch", source="D: the cost of the file is sunk",
        meaning="a loan must also earn back the cost of its file before the decision",
        cost="lending forgone: less is disbursed",
        extremes=(False, True), process="approval_rate",
    )  # fmt: skip

    def approve(self, files: View, sector_share: Floats, rate: Floats, basis: PriceBasis) -> Bools:
        pays = files.applications_pd <= self.highest_pd(files, rate, basis) + ROUNDING
        return pays & self.kept(files, sector_share)

    def highest_pd(self, files: View, rate: Floats, basis: PriceBasis) -> Floats:
        spent = 0.0 if self.earns_file else basis.file_cost
        to_spend = basis.security_cost - spent
        charges = basis.charges + cost_of_rate(0.0, to_spend, basis.balance, files.tenor)
        left, funding = rate - self.margin - charges, basis.funding_rate
        paying = left >= funding
        lgd = np.maximum(basis.lgd, MIN_LGD)
        most = bearable_pd(np.where(paying, left, funding), basis.horizon, lgd, funding, 0.0)
        return np.where(paying, most, NO_PD)
