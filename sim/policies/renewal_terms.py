"""Terms of a renewal that every bank has that renews: how fast, and at which cost.

They are not a member of the family of renewals, since they do not say whether a borrower must repay
first.
"""

from __future__ import annotations

from sim.core.params import param
from sim.policies.renewal.base import BULLETS, Renewal


class RenewalTerms(Renewal):
    """What it takes to renew a loan."""

    days: float = param(
        10.0, unit="days", ge=0, le=30, source="A: contract, registration and payment; swept",
        meaning="days from the repayment of a loan to the disbursement of the one that renews it",
        cost="file_cost: a faster one needs spare staff, so `cost` is multiplied by `usual_days`"
        " over days; a slower one saves nothing, and leaves loans in between without interest",
        extremes=(1.0, 30.0), process="renewals renewals_withdrawn",
        acts_with=BULLETS,
    )  # fmt: skip
    usual_days: float = param(
        10.0, unit="days", ge=0, le=30, source="A: as `days`",
        meaning="days that a renewal takes at `cost`",
        no_lever="scale",
    )  # fmt: skip
    fastest_days: float = param(
        1.0, unit="days", gt=0, le=30, source="A: the next working day",
        meaning="fastest renewal that money can buy: a still shorter one costs as much",
        no_lever="scale",
    )  # fmt: skip
    cost: float = param(
        100.0, unit="CNY", ge=0, le=1e6, source="A: as a decision: documents and registration",
        meaning="cost of a renewal that is decided, made in `usual_days`",
        no_lever="price",
    )  # fmt: skip

    @property
    def wait_days(self) -> float:
        return self.days

    @property
    def decision_cost(self) -> float:
        return self.cost * max(1.0, self.usual_days / max(self.days, self.fastest_days))
