"""Collateral and guarantees: what a bank asks for beside the firm's word.

May import: core, credit, state.
Never: knows what a forced sale will bring.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy


class Collateral(Policy):
    """What is pledged for a loan, and what part of the loss others bear."""

    fund_share: float = param(
        0.0, unit="share of loss", ge=0, le=1, source="A: 0 base, .2 optimised",
        meaning="share of a write-off that a guarantee fund bears, on loans granted under it",
        cost="fund_fees, by `fund_fee`",
    )  # fmt: skip
    fund_fee: float = param(
        0.005, unit="1/year of covered balance", ge=0, le=1, source="R: fees capped near 1 %",
        meaning="fee paid to the guarantee fund for the whole term when a loan is granted",
        no_lever="price",
    )  # fmt: skip
    fund_cap: float = param(
        5.0, unit="times fees", ge=0, le=1e6, source="A: design notes, section 5",
        meaning="the fund bears no more, in all, than this many times the fees paid to it so far",
        no_lever="rule",
    )  # fmt: skip

    @property
    def visits_left_out(self) -> bool:
        """Whether officers rely on a pledge and leave out the visits that screening prescribes."""
        return False

    @property
    def valuation_cost(self) -> float:
        """CNY spent on valuing what is pledged for a loan."""
        return 0.0

    @property
    def counted(self) -> float:
        """Share of market value that the bank counts when it sets a rate."""
        return 1.0

    def pledged(self, files: View) -> NDArray[np.float64]:
        """Return the market value to be pledged over the amount lent, shape (n,)."""
        raise NotImplementedError(f"{type(self).__name__} must say its coverage")


COLLATERAL: Family[Collateral] = Family(__name__, Collateral)
