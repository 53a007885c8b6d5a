"""Collateral and guarantees: what a bank asks for beside the firm's word.

May import: core, credit, state.
Never: knows what a forced sale will bring.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy
from sim.state.loans import Security
from sim.state.owned import Owned


class Secured(NamedTuple):
    """What stands for a loan beside the firm's word."""

    value: NDArray[np.float64]  # (n,) market value pledged, over the amount lent
    kind: NDArray[np.int8]  # (n,) what is pledged
    guaranteed: NDArray[np.float64]  # (n,) liability of a guarantor, over the amount lent
    cost: NDArray[np.float64]  # (n,) CNY to value and register it, where the loan is made


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
    def looks_at_assets(self) -> bool:
        """Whether the bank finds out what the firm and its friends own."""
        return False

    @property
    def search_cost(self) -> float:
        """CNY spent on each file to find out what the firm and its friends own."""
        return 0.0

    @property
    def least_cover(self) -> float:
        """Share of the loan that must be covered, as the bank counts it, or it does not lend."""
        return 0.0

    def counted(self) -> NDArray[np.float64]:
        """Return the share of value that the bank counts when it sets a rate, (kinds,).

        Kinds are those of `Security`, what a guarantor is liable for among them.
        """
        return np.ones(len(Security))

    def secure(self, files: View, owned: Owned) -> Secured:
        """Return what is to stand for each loan; `owned` is zero unless it is looked at."""
        raise NotImplementedError(f"{type(self).__name__} must say what it asks for")


COLLATERAL: Family[Collateral] = Family(__name__, Collateral)
