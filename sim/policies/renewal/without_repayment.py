"""Without repayment: the new loan pays off the old one, where the borrower is eligible.

R: notice of the banking regulator of 2014 (no. 36) on loans to small firms: who pays on time, whose
business goes on and who is in good standing may be so renewed, and the loan need not be downgraded.
Everyone else repays first.
"""

from __future__ import annotations

from typing import Literal

from sim.core.arrays import Bools, Floats
from sim.core.params import param
from sim.core.view import View
from sim.policies.renewal.base import BULLETS
from sim.policies.renewal_terms import RenewalTerms


class WithoutRepayment(RenewalTerms):
    """Renew the loans of eligible firms by a new loan that pays off the old one."""

    kind: Literal["without_repayment"] = "without_repayment"
    years: float = param(
        3.0, unit="years", ge=0, le=50, source="A: no limit in law; banks set one to three, swept",
        meaning="a loan may be renewed without repayment for so long after it was first granted",
        cost="file_cost by `check_cost` for each loan so renewed",
        extremes=(0.0, 10.0), process="refinanced bridge_loans",
        acts_with=BULLETS,
    )  # fmt: skip
    despite_warning: bool = param(
        False, unit="switch", source="R: good standing, notice of 2014",
        meaning="a borrower under a warning that saw trouble is eligible too",
        cost="file_cost by `check_cost` for each loan so renewed",
        extremes=(False, True), process="refinanced",
        acts_with=BULLETS,
    )  # fmt: skip
    check_cost: float = param(
        300.0, unit="CNY per loan", ge=0, le=1e6, source="A: a visit and a new contract",
        meaning="cost of a renewal without repayment, above that of any renewal",
        no_lever="price",
    )  # fmt: skip

    @property
    def extension_cost(self) -> float:
        return self.check_cost

    def needs_no_repayment(self, files: View, years: Floats) -> Bools:
        current = (files.behind == 0.0) & ~files.defaulted & ~files.rescheduled
        quiet = ~files.founded | self.despite_warning
        eligible: Bools = current & quiet & (years <= self.years)
        return eligible
