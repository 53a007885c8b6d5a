"""How long a market is simulated before month 1: first without banks, then with them."""

from __future__ import annotations

from typing import Any

from sim.core.params import Params, param


class BeforeMonthOne(Params):
    """The months before month 1 in numbers."""

    months: int = param(
        36, unit="months", ge=0, le=600, source="D: an empty book biases results for two years",
        meaning="months before month 1",
    )  # fmt: skip
    nature_months: int = param(
        0, unit="months", ge=0, le=1200, source="A: switch; with `months` 150 or more where on",
        meaning="months before these in which firms earn, leave and enter without banks",
    )  # fmt: skip

    @property
    def first_month(self) -> int:
        """The first month with banks."""
        return 1 - self.months

    @property
    def first_of_nature(self) -> int:
        """The first of the months without banks; the first with banks where there are none."""
        return self.first_month - self.nature_months

    @property
    def numbers(self) -> dict[str, Any]:
        """All but economy and banks, by key."""
        return {key: value for key, value in self if key not in ("economy", "banks")}
