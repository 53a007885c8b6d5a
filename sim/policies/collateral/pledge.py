"""Pledge: collateral worth a share of the loan, counted after a haircut.

Every firm is assumed to own enough, and the collateral's price moves like that of real estate.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.collateral.base import Collateral, Secured
from sim.state.loans import Security
from sim.state.owned import Owned

HALF = 0.5  # share of loan: cover for which `valuation` is stated


class Pledge(Collateral):
    """Require assets that cover part of the loan."""

    kind: Literal["pledge"] = "pledge"
    cover: float = param(
        0.5, unit="share of loan", ge=0, le=3, source="A: .5 base, .6 optimised; P: 50 % secured",
        meaning="required market value of collateral over the amount lent",
        cost="file_cost by `valuation`, in proportion",
        extremes=(0.0, 1.5), process="pledged",
    )  # fmt: skip
    haircut: float = param(
        0.30, unit="share of value", ge=0, lt=1, source="A: 30 %, new kinds 50 %",
        meaning="haircut: share of market value that the bank does not count when it sets a rate",
        cost="lending forgone: at higher rates fewer offers are taken",
        extremes=(0.0, 0.9), process="mean_rate",
    )  # fmt: skip
    valuation: float = param(
        300.0, unit="CNY", ge=0, le=1e6, source="A: valuer and registration",
        meaning="cost to value and register collateral of half the loan; proportional to `cover`",
        no_lever="price",
    )  # fmt: skip
    replaces_visits: bool = param(
        False, unit="switch", source="A: lazy banks (Manove, Padilla & Pagano 2001)",
        meaning="officers with collateral to rely on omit the visits that screening prescribes",
        no_lever="conduct",
    )  # fmt: skip

    @checked
    def _only_a_pledge_replaces_visits(self) -> Pledge:
        if self.replaces_visits and self.cover == 0.0:
            raise ClashError(
                "officers need collateral to rely on, but cover is 0: "
                "raise cover or set replaces_visits to false",
                "replaces_visits",
            )
        return self

    @property
    def visits_left_out(self) -> bool:
        return self.replaces_visits

    @property
    def valuation_cost(self) -> float:
        """CNY spent on valuing the collateral of a loan."""
        return self.valuation * self.cover / HALF

    def counted(self) -> NDArray[np.float64]:
        return np.full(len(Security), 1.0 - self.haircut)

    def secure(self, files: View, owned: Owned) -> Secured:
        n = len(files)
        kind = np.full(n, Security.PROPERTY, np.int8)
        return Secured(np.full(n, self.cover), kind, np.zeros(n), np.full(n, self.valuation_cost))
