"""The base of the workout policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

from sim.core.params import param
from sim.policies.policy import Policy


class Workout(Policy):
    """What is done with non-performing loans."""

    process: ClassVar[str] = "sold recoveries"  # what another kind moves

    months: int = param(
        12, unit="months", ge=1, le=120, source="A: design notes, section 5",
        meaning="months after which a non-performing loan leaves the book",
        cost="officer hours (workload) on loans in arrears, as long as they stay",
        extremes=(3, 60), process="written_off npl",
    )  # fmt: skip

    @property
    def sale_price(self) -> float:
        """Sale price over exposure; 0 where loans are kept for collection."""
        return 0.0
