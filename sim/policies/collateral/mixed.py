"""Mixed: security that a firm has, each kind with its own required cover, haircut and cost.

A firm pledges real estate or movables, the one with the higher value after haircut, as far as it
owns them; a guarantor covers the rest.  So a firm's assets matter, and a bank that requires a
minimum cover refuses firms that own too little.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import Params, checked, group, param
from sim.core.view import View
from sim.policies.collateral.base import Collateral, Secured
from sim.state.loans import Security
from sim.state.owned import Owned

ROUNDING = 1e-9  # a minimum cover may exceed the highest possible cover by this much


def _cover(default: float, source: str) -> Any:
    return param(
        default, unit="share of loan", ge=0, le=3, source=source,
        meaning="required value over the amount lent, as far as the firm has it; 0: not taken",
        cost="file_cost by `cost`, in proportion, for each loan secured by it",
        extremes=(0.0, 2.0), process="pledged guaranteed",
    )  # fmt: skip


def _haircut(default: float, source: str) -> Any:
    return param(
        default, unit="share of value", ge=0, lt=1, source=source,
        meaning="haircut: share of value that the bank does not count",
        cost="lending forgone: at higher rates fewer offers are taken",
        extremes=(0.0, 0.9), process="mean_rate",
    )  # fmt: skip


def _cost(default: float, source: str) -> Any:
    return param(
        default, unit="CNY", ge=0, le=1e6, source=source,
        meaning="cost of checking, valuing and registering security worth the loan; proportional to"
        " `cover`",
        no_lever="price",
    )  # fmt: skip


class Kind(Params):
    """What all kinds of security have: required cover, haircut and cost."""

    cover: float = 0.0
    haircut: float = 0.0
    cost: float = 0.0

    @property
    def price(self) -> float:
        """CNY spent on a loan secured by it."""
        return self.cost * self.cover


class RealEstate(Kind):
    """Real estate of firm or owner."""

    cover: float = _cover(0.7, "A: land and buildings are preferred")
    haircut: float = _haircut(0.30, "A: design notes, section 5")
    cost: float = _cost(1_000.0, "A: valuer and land register")


class Movables(Kind):
    """Stock and machines."""

    cover: float = _cover(0.7, "A: as for real estate")
    haircut: float = _haircut(0.50, "A: new kinds 50 %; design notes, section 5")
    cost: float = _cost(800.0, "A: count on site and entry in the pledge register")


class Guarantor(Kind):
    """Family of the owner, or a third party, liable with all personal assets."""

    cover: float = _cover(1.0, "A: whole loan, together with collateral")
    haircut: float = _haircut(0.50, "A: a new kind; wealth can be hidden")
    cost: float = _cost(300.0, "A: check of wealth and debts, and the deed")


class Mixed(Collateral):
    """Take real estate or movables, and a guarantor for the rest."""

    kind: Literal["mixed"] = "mixed"
    real_estate: RealEstate = group(RealEstate, "real estate of firm or owner")
    movables: Movables = group(Movables, "stock and machines")
    guarantor: Guarantor = group(Guarantor, "a personal guarantor")
    search: float = param(
        150.0, unit="CNY per file", ge=0, le=1e6, source="A: extracts from registers, and a call",
        meaning="cost to investigate the assets of firm and guarantors, for every application",
        no_lever="price",
    )  # fmt: skip
    least: float = param(
        0.0, unit="share of loan", ge=0, le=3, source="A: 0 refuses no firm for lack of assets",
        meaning="minimum cover after haircuts; below it no loan is made",
        cost="lending forgone: less is disbursed",
        extremes=(0.0, 0.6), process="approval_rate",
    )  # fmt: skip

    @checked
    def _something_can_reach_the_least_cover(self) -> Mixed:
        most = max(self._counted_with(pledged) for pledged in (self.real_estate, self.movables))
        if self.least > most + ROUNDING:
            raise ClashError(
                f"least {self.least:g} is above the highest possible cover ({most:g}), "
                "so no loan could be made: lower least or raise a cover",
                "least",
            )
        return self

    def _counted_with(self, pledged: Kind) -> float:
        """Return the highest cover if this is pledged and a guarantor covers the rest."""
        person, covers = self.guarantor, (0.0, pledged.cover)
        return max(
            value * (1.0 - pledged.haircut)
            + max(person.cover - value, 0.0) * (1.0 - person.haircut)
            for value in covers
        )

    @property
    def looks_at_assets(self) -> bool:
        return True

    @property
    def search_cost(self) -> float:
        return self.search

    @property
    def least_cover(self) -> float:
        return self.least

    def counted(self) -> NDArray[np.float64]:
        share = np.ones(len(Security))
        share[Security.PROPERTY] -= self.real_estate.haircut
        share[Security.MOVABLES] -= self.movables.haircut
        share[Security.GUARANTOR] -= self.guarantor.haircut
        return share

    def secure(self, files: View, owned: Owned) -> Secured:
        amount = np.maximum(files.amount, 1.0)
        estate = np.minimum(self.real_estate.cover, owned.property / amount)
        things = np.minimum(self.movables.cover, owned.movables / amount)
        share = self.counted()
        better = share[Security.MOVABLES] * things > share[Security.PROPERTY] * estate
        value = np.where(better, things, estate)
        left = np.maximum(self.guarantor.cover - value, 0.0)
        guaranteed = np.minimum(left, owned.guarantor / amount)
        register = np.where(better, self.movables.price, self.real_estate.price)
        return Secured(
            value=value,
            kind=np.where(better, Security.MOVABLES, Security.PROPERTY).astype(np.int8),
            guaranteed=guaranteed,
            cost=register * (value > 0.0) + self.guarantor.price * (guaranteed > 0.0),
        )
