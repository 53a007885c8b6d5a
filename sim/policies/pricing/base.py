"""The base of the pricing policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.core.view import View
from sim.policies.policy import Policy


class PriceBasis(NamedTuple):
    """A bank's inputs when it sets a rate and when it tests whether a rate is profitable."""

    own: Floats  # (n,) 1/year, break-even rate of this loan by its own estimate
    book: Floats  # (n,) 1/year, break-even rate of the average loan of the book
    cover: Floats  # (n,) security after haircuts, over the amount lent
    lgd: Floats  # (n,) share of exposure, after collateral
    charges: Floats  # (n,) 1/year, for capital and work
    balance: Floats  # (n,) CNY, mean over the term
    file_cost: Floats | float  # CNY spent on a file before its decision; (n,) or the same for all
    security_cost: Floats  # (n,) CNY to register security, if the loan is made and not in charges
    funding_rate: float  # 1/year
    horizon: int  # months: horizon of the probability of default


class Pricing(Policy):
    """How estimates become rates."""

    process: ClassVar[str] = "mean_rate rate_dispersion"  # what another kind moves

    margin: float = param(
        0.0, unit="1/year", ge=-1, le=1, source="C: new-loan rate 7.40 % in 2018",
        meaning="margin added to the break-even rate",
        cost="lending forgone: fewer offers are taken",
        extremes=(-0.02, 0.04), process="mean_rate",
    )  # fmt: skip
    rate_cap: float = param(
        0.24, unit="1/year", gt=0, le=10, source="R: court limit before 2020",
        meaning="no higher rate is offered; a loan that needs a higher rate is refused",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.075, 0.24), process="approval_rate mean_rate",
    )  # fmt: skip
    rate_spread_cap: float = param(
        10.0, unit="1/year", ge=0, le=10, source="A: 10 caps no rate",
        meaning="highest spread of an offered rate over economy.funding_rate; a loan that needs a"
        " higher rate is offered this one",
        cost="interest_income forgone where it is lowered: risky loans are made at lower rates",
        extremes=(0.01, 10.0), process="mean_rate rate_dispersion",
    )  # fmt: skip
    pass_through: float = param(
        0.0, unit="share", ge=0, le=1, source="A: 0 prices a usual cost; 1 the bank's own",
        meaning="share of the difference between the bank's own cost of a loan and"
        " `cost_per_loan` that its rates carry",
        cost="lending forgone where the bank's own cost is above the usual one: fewer offers are"
        " taken",
        extremes=(0.0, 1.0), process="mean_rate",
    )  # fmt: skip
    cost_step: float = param(
        0.0025, unit="1/year per year", ge=0, le=1, source="A: prices follow costs slowly",
        meaning="how fast rates follow a change of the bank's own cost, at most",
        no_lever="method",
    )  # fmt: skip
    cost_memory: float = param(
        4.0, unit="months", gt=0, le=600, source="A: a year's accounts show it nearly in full",
        meaning="half-life of what the bank spends for each loan in the mean that its rates carry",
        no_lever="method",
    )  # fmt: skip
    files_per_loan: float = param(
        2.6, unit="files", ge=1, le=100, source="D: applications over loans made in the base",
        meaning="files that the bank decides for each loan made, whose cost that loan bears where"
        " `pass_through` is 1",
        no_lever="method",
    )  # fmt: skip
    horizon: int = param(
        12, unit="months", ge=1, le=600, source="A: ratings are for about a year",
        meaning="months over which the bank reads a probability of default when it sets a rate",
        no_lever="method",
    )  # fmt: skip
    pd_limit: float = param(
        0.99, unit="probability", gt=0, lt=1, source="A: no rate covers certain default",
        meaning="highest PD that enters a rate; a riskier loan is priced like this one",
        no_lever="method",
    )  # fmt: skip
    paid_down: float = param(
        0.55, unit="share of amount", gt=0, le=1, source="A: level instalments over about a year",
        meaning="mean balance over the amount lent, to which the bank relates a loan's costs",
        no_lever="method",
    )  # fmt: skip
    typical_balance: float = param(
        2.5e5, unit="CNY", gt=0, le=1e10, source="A: half of the mean amount requested",
        meaning="mean balance of the average loan, for which the book's rate is computed",
        no_lever="method",
    )  # fmt: skip
    typical_term: int = param(
        12, unit="months", ge=1, le=600, source="A: the most common term",
        meaning="term of the average loan, for which the book's rate is computed",
        no_lever="method",
    )  # fmt: skip

    def capped(self, rate: Floats, funding_rate: float) -> Floats:
        """Return rates (n,), none with a spread over `funding_rate` above the cap, 1/year."""
        return np.minimum(rate, funding_rate + self.rate_spread_cap)

    def rate(self, files: View, basis: PriceBasis) -> Floats:
        """Return the rate before any cap on its spread, shape (n,), 1/year."""
        raise NotImplementedError(f"{type(self).__name__} must define `rate`")
