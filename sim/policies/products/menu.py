"""A menu: bullet loans for short terms, seasonal loans for long ones, else level instalments.

Where a product does not fit, its payments fall due some months from the firm's cash-flow peak.
Firms whose customers pay late may borrow against their invoices: principal falls due when these are
paid, or these months earlier where it does not fit, and the invoices are assigned to the bank.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.credit.schedule import Schedule
from sim.policies.products.base import Products, Terms

LONGEST = 36  # months: no request is longer, so a later `seasonal_from` means no seasonal loans
YEAR = 12.0  # months
LEAST_GAP = 0.05  # a fit nearer to 1 costs no more
USUAL_KINDS = 3.0  # level instalments, bullet loans, seasonal loans


class Menu(Products):
    """Several products, matched to the firm with a given probability."""

    kind: Literal["menu"] = "menu"
    fit: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: .5 base, .8 optimised",
        meaning="probability that a seasonal loan's payments match the firm's cash-flow peak",
        cost="fixed_cost by `design_cost`, which grows with fit / (1 - fit)",
        extremes=(0.0, 0.95), process="misfit",
    )  # fmt: skip
    misfit: int = param(
        2, unit="months", ge=0, le=11, source="A: no published value",
        meaning="months by which payments miss the firm's cash-flow peak where a product does not"
        " fit",
        no_lever="nature",
    )  # fmt: skip
    bullet_up_to: int = param(
        3, unit="months", ge=0, le=600, source="A: bridging loans",
        meaning="loans up to this term are bullet loans, repaid at maturity",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
        extremes=(0, 6), process="bullet",
    )  # fmt: skip
    seasonal_from: int = param(
        12, unit="months", ge=1, le=600, source="A: a season shows within a year",
        meaning="loans of at least this term are repaid with the season",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
        extremes=(6, 600), process="seasonal",
    )  # fmt: skip
    revolving_up_to: float = param(
        0.0, unit="CNY", ge=0, le=1e9, source="A: 0 offers no credit lines",
        meaning="requests up to this amount get a revolving credit line",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
        extremes=(0.0, 1e6), process="revolving",
    )  # fmt: skip
    receivables_up_to: int = param(
        0, unit="months", ge=0, le=600, source="A: 0: no loans against invoices; 12 where on",
        meaning="loans up to this term are made against invoices, to firms whose customers pay late"
        " and whose stated turnover implies enough open invoices",
        cost="file_cost by `invoice_cost`; fixed_cost by `design_cost`, for each kind of loan on"
        " offer",
        extremes=(0, 24), process="receivables",
        acts_with={"firms.late_payers": 0.5},
    )  # fmt: skip
    invoice_cover: float = param(
        1.25, unit="share of loan", gt=0, le=10, source="A: advances of 80 % are usual",
        meaning="required invoices assigned, over the amount lent",
        cost="file_cost by `invoice_cost`, in proportion",
        extremes=(1.0, 2.5), process="receivables pledged",
        acts_with={"firms.late_payers": 0.5, "products.receivables_up_to": 24},
    )  # fmt: skip
    invoice_haircut: float = param(
        0.50, unit="share of value", ge=0, lt=1, source="A: new kinds 50 %",
        meaning="haircut: share of assigned invoices that the bank does not count in the rate",
        cost="lending forgone: at higher rates fewer offers are taken",
        extremes=(0.0, 0.95), process="mean_rate",
        acts_with={"firms.late_payers": 0.5, "products.receivables_up_to": 24},
    )  # fmt: skip
    invoice_cost: float = param(
        1_000.0, unit="CNY per loan", ge=0, le=1e6, source="A: calls to customers, register",
        meaning="cost of checking and assigning invoices worth the loan; proportional to"
        " `invoice_cover`",
        no_lever="price",
    )  # fmt: skip
    design_cost: float = param(
        30_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: product managers",
        meaning="running cost of three kinds of loan at a fit of one half; it grows with both",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _a_loan_has_one_schedule(self) -> Menu:
        if self.bullet_up_to >= self.seasonal_from:
            raise ClashError(
                f"bullet_up_to {self.bullet_up_to} and seasonal_from {self.seasonal_from} give "
                "some loans two schedules: keep bullet_up_to below seasonal_from",
                "bullet_up_to",
            )
        return self

    @property
    def kinds(self) -> int:
        """Number of kinds of loan on offer, level instalments included."""
        special = (self.bullet_up_to > 0, self.seasonal_from <= LONGEST, self.revolving_up_to > 0)
        return 1 + sum(special) + self.takes_invoices

    @property
    def months_off(self) -> int:
        return self.misfit

    @property
    def takes_invoices(self) -> bool:
        return self.receivables_up_to > 0

    @property
    def invoices_counted(self) -> float:
        return 1.0 - self.invoice_haircut

    @property
    def assignment_cost(self) -> float:
        return self.invoice_cost * self.invoice_cover

    def terms(self, files: View) -> Terms:
        tenor = files.tenor
        schedule = np.full(len(files), Schedule.LEVEL, np.int8)
        schedule[tenor <= self.bullet_up_to] = Schedule.BULLET
        schedule[tenor >= self.seasonal_from] = Schedule.SEASONAL
        schedule[files.amount <= self.revolving_up_to] = Schedule.REVOLVING
        invoices = np.zeros(len(files))
        if self.takes_invoices:
            open_claims = files.stated_turnover / YEAR * files.paid_after
            wanted = self.invoice_cover * files.amount
            against = (open_claims > 0.0) & (open_claims >= wanted)
            against &= tenor <= self.receivables_up_to
            schedule[against] = Schedule.RECEIVABLES
            invoices[against] = self.invoice_cover
        return Terms(schedule, np.full(len(files), self.fit), invoices)

    def yearly_cost(self, firms: int, seats: float) -> float:
        fit_odds = self.fit / max(1.0 - self.fit, LEAST_GAP)
        return self.design_cost * fit_odds * self.kinds / USUAL_KINDS * firms / 1000.0
