"""A menu: short loans due at the end, seasonal dues where the season is known, else instalments.

Where a product does not fit, its dues fall two months from the firm's cash peak.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.products import Products, Terms
from sim.state.loans import Schedule

LONGEST = 36  # months: no firm asks for more, so a season that begins later is none
USUAL_KINDS = 3.0  # instalments, loans repaid at their end, seasonal loans


class Menu(Products):
    """Several products, fitted to the firm with some success."""

    kind: Literal["menu"] = "menu"
    fit: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: .5 base, .8 optimised",
        meaning="chance that a seasonal loan's dues meet the firm's cash peak",
        cost="fixed_cost by `design_cost`, which grows with fit / (1 - fit)",
    )  # fmt: skip
    bullet_up_to: int = param(
        3, unit="months", ge=0, le=600, source="A: bridging loans",
        meaning="loans up to this term are repaid at their end",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
    )  # fmt: skip
    seasonal_from: int = param(
        12, unit="months", ge=1, le=600, source="A: a season shows within a year",
        meaning="loans from this term on follow the season",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
    )  # fmt: skip
    revolving_up_to: float = param(
        0.0, unit="CNY", ge=0, le=1e9, source="A: 0 offers no credit lines",
        meaning="requests up to this amount get a revolving line",
        cost="fixed_cost by `design_cost`, for each kind of loan on offer",
    )  # fmt: skip
    design_cost: float = param(
        30_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: product managers",
        meaning="cost of keeping a menu of three kinds at a fit of one half; it grows with both",
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
        """Kinds of loan on offer; level instalments always are."""
        special = (self.bullet_up_to > 0, self.seasonal_from <= LONGEST, self.revolving_up_to > 0)
        return 1 + sum(special)

    def terms(self, files: View) -> Terms:
        tenor = files.tenor
        schedule = np.full(len(files), Schedule.LEVEL, np.int8)
        schedule[tenor <= self.bullet_up_to] = Schedule.BULLET
        schedule[tenor >= self.seasonal_from] = Schedule.SEASONAL
        schedule[files.amount <= self.revolving_up_to] = Schedule.REVOLVING
        return Terms(schedule, np.full(len(files), self.fit))

    def yearly_cost(self, firms: int, seats: int) -> float:
        aim = self.fit / max(1.0 - self.fit, 0.05)
        return self.design_cost * aim * self.kinds / USUAL_KINDS * firms / 1000.0
