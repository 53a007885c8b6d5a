"""Sale: bad loans are sold to an asset manager, at once and cheaply."""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.workout import Workout


class Sale(Workout):
    """Sell what others would collect."""

    kind: Literal["sale"] = "sale"
    price: float = param(
        0.25, unit="share of exposure", ge=0, le=1, source="A: below what collection brings",
        meaning="price of a bad loan",
        no_lever="price",
    )  # fmt: skip

    @property
    def sale_price(self) -> float:
        return self.price
