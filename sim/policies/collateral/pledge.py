"""Pledge: assets worth a share of the loan, which the bank counts after a haircut."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.collateral import Collateral


class Pledge(Collateral):
    """Ask for assets that cover part of the loan."""

    kind: Literal["pledge"] = "pledge"
    cover: float = param(
        0.5, unit="share of loan", ge=0, le=3, source="A: .5 base, .6 optimised; P: 50 % secured",
        meaning="market value to be pledged, over the amount lent",
        cost="file_cost by `valuation`",
    )  # fmt: skip
    haircut: float = param(
        0.30, unit="share of value", ge=0, lt=1, source="A: 30 %, new kinds 50 %",
        meaning="share of market value that the bank does not count when it sets a rate",
    )  # fmt: skip
    valuation: float = param(
        300.0, unit="CNY", ge=0, le=1e6, source="A: valuer and registration",
        meaning="cost of a valuation, per loan",
    )  # fmt: skip

    @property
    def valuation_cost(self) -> float:
        return self.valuation

    def pledged(self, files: View) -> NDArray[np.float64]:
        return np.full(len(files), self.cover)

    @property
    def counted(self) -> float:
        return 1.0 - self.haircut
