"""Restructure: firms of a circle in which a loan has defaulted get a longer term, if they pay."""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.recall.base import CIRCLES, Recall


class Restructure(Recall):
    """Lengthen the loans of the circle before they fall behind."""

    kind: Literal["restructure"] = "restructure"
    extra_months: int = param(
        24, unit="months", ge=1, le=120, source="A: two years",
        meaning="months by which the term is lengthened",
        cost="funding_cost: loans stay on the book for longer",
        extremes=(6, 60), process="remaining_term",
        acts_with=CIRCLES,
    )  # fmt: skip
    contract_cost: float = param(
        500.0, unit="CNY per loan", ge=0, le=1e6, source="A: a contract, a meeting of the circle",
        meaning="cost of a new contract",
        no_lever="price",
    )  # fmt: skip
    contract_hours: float = param(
        4.0, unit="hours per loan", ge=0, le=200, source="A: half a day",
        meaning="officer's working time for a new contract",
        no_lever="scale",
    )  # fmt: skip

    @property
    def more_months(self) -> int:
        return self.extra_months

    @property
    def step_cost(self) -> float:
        return self.contract_cost

    @property
    def step_hours(self) -> float:
        return self.contract_hours
