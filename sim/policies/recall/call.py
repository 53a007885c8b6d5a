"""Call: the bank demands the loans of firms in a circle in which a loan has defaulted."""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.recall.base import CIRCLES, Recall


class Call(Recall):
    """Demand the loans of the circle."""

    kind: Literal["call"] = "call"
    share: float = param(
        1.0, unit="share of balance", gt=0, le=1, source="A: the whole loan",
        meaning="share of what is not yet due that is demanded",
        cost="lending lost: interest_income falls",
        extremes=(0.1, 1.0), process="principal_repaid gross_loans",
        acts_with=CIRCLES,
    )  # fmt: skip
    demand_cost: float = param(
        500.0, unit="CNY per loan", ge=0, le=1e6, source="A: notice and meetings",
        meaning="cost of demanding a loan",
        no_lever="price",
    )  # fmt: skip
    demand_hours: float = param(
        4.0, unit="hours per loan", ge=0, le=200, source="A: half a day",
        meaning="officer's working time for demanding a loan",
        no_lever="scale",
    )  # fmt: skip

    @property
    def demanded(self) -> float:
        return self.share

    @property
    def step_cost(self) -> float:
        return self.demand_cost

    @property
    def step_hours(self) -> float:
        return self.demand_hours
