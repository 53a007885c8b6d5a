"""The base of the collateral policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.policy import Policy
from sim.state.loans import Security
from sim.state.owned import Owned


class Secured(NamedTuple):
    """The security of each loan."""

    value: NDArray[np.float64]  # (n,) market value pledged, over the amount lent
    kind: NDArray[np.int8]  # (n,) kind of collateral, a code of `Security`
    guaranteed: NDArray[np.float64]  # (n,) amount guaranteed, over the amount lent
    cost: NDArray[np.float64]  # (n,) CNY to value and register it, if the loan is made


class Collateral(Policy):
    """What is pledged for a loan, and what share of the loss others bear."""

    process: ClassVar[str] = "pledged guaranteed"  # what another kind moves

    fund_share: float = param(
        0.0, unit="share of loss", ge=0, le=1, source="A: 0 base, .2 optimised",
        meaning="share of a write-off that a guarantee fund bears, for loans granted under it",
        cost="fund_fees, by `fund_fee`",
        extremes=(0.0, 0.8), process="claimed",
    )  # fmt: skip
    fund_fee: float = param(
        0.005, unit="1/year of covered balance", ge=0, le=1, source="R: fees capped near 1 %",
        meaning="yearly fee to the guarantee fund on what will be owed over the whole term; it is"
        " paid when a loan is granted",
        no_lever="price",
    )  # fmt: skip
    fund_cap: float = param(
        5.0, unit="times fees", ge=0, le=1e6, source="A: design notes, section 5",
        meaning="cap on the fund's total payments, as a multiple of the fees paid to it so far",
        no_lever="rule",
    )  # fmt: skip

    @property
    def visits_left_out(self) -> bool:
        """Whether officers rely on collateral and omit the visits that screening prescribes."""
        return False

    @property
    def looks_at_assets(self) -> bool:
        """Whether the bank investigates the assets of the firm and its guarantors."""
        return False

    @property
    def search_cost(self) -> float:
        """CNY spent per application to investigate the assets of firm and guarantors."""
        return 0.0

    @property
    def least_cover(self) -> float:
        """Minimum cover after haircuts, over the amount lent; below it the bank does not lend."""
        return 0.0

    def counted(self) -> NDArray[np.float64]:
        """Return one minus the haircut that the bank applies when it sets a rate, (kinds,).

        Kinds are those of `Security`, which include a guarantee.
        """
        return np.ones(len(Security))

    def secure(self, files: View, owned: Owned) -> Secured:
        """Return the security required for each loan; `owned` is zero unless investigated."""
        raise NotImplementedError(f"{type(self).__name__} must define `secure`")
