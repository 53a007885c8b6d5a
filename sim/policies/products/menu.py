"""A menu: short loans due at the end, seasonal dues where the season is known, else instalments.

Where a product does not fit, its dues fall two months from the firm's cash peak.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.params import param
from sim.core.view import View
from sim.policies.products import Products, Terms
from sim.state.loans import Schedule


class Menu(Products):
    """Several products, fitted to the firm with some success."""

    kind: Literal["menu"] = "menu"
    fit: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: .5 base, .8 optimised",
        meaning="chance that a seasonal loan's dues meet the firm's cash peak",
        cost="fixed_cost, by `design_cost`",
    )  # fmt: skip
    bullet_up_to: int = param(
        3, unit="months", ge=0, le=600, source="A: bridging loans",
        meaning="loans up to this term are repaid at their end",
    )  # fmt: skip
    seasonal_from: int = param(
        12, unit="months", ge=1, le=600, source="A: a season shows within a year",
        meaning="loans from this term on follow the season",
    )  # fmt: skip
    revolving_up_to: float = param(
        0.0, unit="CNY", ge=0, le=1e9, source="A: 0 offers no credit lines",
        meaning="requests up to this amount get a revolving line",
    )  # fmt: skip
    design_cost: float = param(
        30_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: product managers",
        meaning="cost of keeping the menu, at a fit of one half; it grows with fit / (1 - fit)",
    )  # fmt: skip

    def terms(self, files: View) -> Terms:
        tenor = files.tenor
        schedule = np.full(len(files), Schedule.LEVEL, np.int8)
        schedule[tenor <= self.bullet_up_to] = Schedule.BULLET
        schedule[tenor >= self.seasonal_from] = Schedule.SEASONAL
        schedule[files.amount <= self.revolving_up_to] = Schedule.REVOLVING
        return Terms(schedule, np.full(len(files), self.fit))

    def yearly_cost(self, firms: int, seats: int) -> float:
        return self.design_cost * self.fit / max(1.0 - self.fit, 0.05) * firms / 1000.0
