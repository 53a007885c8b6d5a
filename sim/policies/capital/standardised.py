"""Standardised approach: the same risk weight for every loan to a small firm."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.policies.capital.base import Capital


class Standardised(Capital):
    """One risk weight."""

    kind: Literal["standardised"] = "standardised"
    weight: float = param(
        0.75, unit="ratio", ge=0, le=20, source="R: 75 % for small and micro firms",
        meaning="risk weight: risk-weighted assets over gross loans",
        no_lever="rule",
    )  # fmt: skip

    def risk_weight(self, pd: Floats) -> Floats:
        return np.full(pd.shape, self.weight)
