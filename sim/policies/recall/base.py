"""The base of the recall policies: what every member declares and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sim.core.params import param
from sim.core.pulled import TWINS
from sim.policies.policy import Policy

CIRCLES: dict[str, Any] = {"mechanisms.guarantees.share": 0.6}  # firms that guarantee each other


class Recall(Policy):
    """What is done about guarantors, and about firms that are tied to a default by guarantees."""

    process: ClassVar[str] = "recalled eased"  # what another kind moves
    acts_with: ClassVar[Mapping[str, Any]] = CIRCLES

    enforced: bool = param(
        True, unit="switch", source="A: joint liability is sued for",
        meaning="whether guarantors are called to pay",
        cost="monitoring_cost by `call_cost`, officer hours by `call_hours`",
        extremes=(False, True), process="paid_by_guarantors guarantors_called",
        acts_with=CIRCLES,
    )  # fmt: skip
    after: int = param(
        3, unit="months", ge=0, le=60, source="A: at default",
        meaning="months of arrears beyond which guarantors are called",
        cost="monitoring_cost by `call_cost`: the sooner, the more are called",
        extremes=(0, 12), process="paid_by_guarantors guarantors_called",
        acts_with=CIRCLES,
    )  # fmt: skip
    whole: bool = param(
        True, unit="switch", source="A: a usual clause: default makes the whole loan due",
        meaning="whether the whole loan falls due when guarantors are called, not its arrears only",
        no_lever="method",
    )  # fmt: skip
    call_cost: float = param(
        1_000.0, unit="CNY per loan", ge=0, le=1e6, source="A: letters, a lawyer, an enforcement",
        meaning="cost of calling the guarantors of a loan",
        no_lever="price",
    )  # fmt: skip
    call_hours: float = param(
        4.0, unit="hours per loan", ge=0, le=200, source="A: half a day",
        meaning="officer's working time for calling the guarantors of a loan",
        no_lever="scale",
    )  # fmt: skip
    memory: float = param(
        24.0, unit="months", gt=0, le=1200, source="A: two years of the bank's own cases",
        meaning="time in which what the bank has seen guarantors pay loses half of its weight",
        no_lever="scale",
    )  # fmt: skip
    doubt: float = param(
        1e6, unit="CNY", ge=0, le=1e12, source="A: about two loans; swept",
        meaning="claims on which nothing was paid that a bank adds to those it has seen, before it"
        " counts on guarantors in a price",
        no_lever="scale",
    )  # fmt: skip
    sees_all: bool = param(
        False, unit="switch", source="A: own loans only",
        meaning="the bank sees guarantees and defaults of all banks' loans, not of its own only",
        cost="fixed_cost by `network_fee`",
        extremes=(False, True), process="recalled eased",
        acts_with=CIRCLES | {TWINS: "other", "recall.kind": "call"},
    )  # fmt: skip
    network_fee: float = param(
        20.0, unit="CNY a year per firm of the market", ge=0, le=1e6, source="A: a data service",
        meaning="fee for the guarantees of all banks' loans",
        no_lever="price",
    )  # fmt: skip

    @property
    def acts(self) -> bool:
        """Whether a default has consequences for the rest of its circle."""
        return self.demanded > 0.0 or self.more_months > 0

    @property
    def demanded(self) -> float:
        """Share of what is not yet due that firms of a circle with a default must repay."""
        return 0.0

    @property
    def more_months(self) -> int:
        """Months by which the term of such firms is lengthened."""
        return 0

    @property
    def step_cost(self) -> float:
        """CNY spent on each loan demanded or lengthened."""
        return 0.0

    @property
    def step_hours(self) -> float:
        """Officer's hours spent on each loan demanded or lengthened."""
        return 0.0

    def yearly_cost(self, firms: int, seats: float) -> float:
        return self.network_fee * firms if self.sees_all else 0.0
