"""Sale: non-performing loans are sold to an asset manager, immediately and at a low price."""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.workout.base import Workout


class Sale(Workout):
    """Sell non-performing loans instead of collecting them."""

    kind: Literal["sale"] = "sale"
    price: float = param(
        0.25, unit="share of exposure", ge=0, le=1, source="A: below the recovery by collection",
        meaning="sale price of a non-performing loan",
        no_lever="nature",
    )  # fmt: skip

    @property
    def sale_price(self) -> float:
        return self.price
