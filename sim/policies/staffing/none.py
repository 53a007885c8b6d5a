"""No officers: one automatic seat with unlimited capacity, for limiting cases.

Every step is carried out, soft signals have full precision, and there is no pay.
"""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.staffing.base import Staffing


class NoStaffing(Staffing):
    """One seat with unlimited hours, no turnover and no pay."""

    kind: Literal["none"] = "none"
    culture: float = param(
        1.0, unit="ratio", ge=0, le=1, source="D: rules are kept", meaning="risk culture",
        no_lever="nature",
    )  # fmt: skip
    culture_cost: float = param(
        0.0, unit="CNY a year per officer", ge=0, le=1e7, source="D: none",
        meaning="cost of risk culture",
        no_lever="price",
    )  # fmt: skip
    execution_base: float = param(
        1.0, unit="probability", ge=0, le=1, source="D: every step is carried out",
        meaning="probability that a prescribed step is carried out",
        no_lever="nature",
    )  # fmt: skip

    def seats(self, firms: int, plan: float = 1.0) -> int:
        return 1

    @property
    def people(self) -> bool:
        return False

    @property
    def month_hours(self) -> float:
        return float("inf")
