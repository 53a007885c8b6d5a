"""Mixed: whatever a firm has, each kind of security with a cover, a haircut and a cost of its own.

A firm pledges real estate or movables, whichever counts for more, as far as it has them; a
guarantor stands in for what is then left open.  So it matters what a firm owns, and a bank that
asks for a least cover turns away those who own too little.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import Params, checked, group, param
from sim.core.view import View
from sim.policies.collateral import Collateral, Secured
from sim.state.loans import Security
from sim.state.owned import Owned

ROUNDING = 1e-9  # a least cover may exceed all that can count by this much


def _cover(default: float, source: str) -> Any:
    return param(
        default, unit="share of loan", ge=0, le=3, source=source,
        meaning="value asked for, over the amount lent, as far as there is any; 0 takes none",
        cost="file_cost by `cost`, in proportion, for each loan that has any",
    )  # fmt: skip


def _haircut(default: float, source: str) -> Any:
    return param(
        default, unit="share of value", ge=0, lt=1, source=source,
        meaning="share of value that the bank does not count",
        cost="lending forgone: at higher rates fewer offers are taken",
    )  # fmt: skip


def _cost(default: float, source: str) -> Any:
    return param(
        default, unit="CNY", ge=0, le=1e6, source=source,
        meaning="cost of checking, valuing and registering what covers a loan once; it grows with"
        " `cover`",
        no_lever="price",
    )  # fmt: skip


class Kind(Params):
    """What all kinds of security have: how much is asked for, what counts, what it costs."""

    cover: float = 0.0
    haircut: float = 0.0
    cost: float = 0.0

    @property
    def price(self) -> float:
        """CNY spent on a loan that has any of it."""
        return self.cost * self.cover


class RealEstate(Kind):
    """Real estate of firm or owner."""

    cover: float = _cover(0.7, "A: land and buildings are asked for first")
    haircut: float = _haircut(0.30, "A: design notes, section 5")
    cost: float = _cost(1_000.0, "A: valuer and land register")


class Movables(Kind):
    """Stock and machines."""

    cover: float = _cover(0.7, "A: as for real estate")
    haircut: float = _haircut(0.50, "A: new kinds 50 %; design notes, section 5")
    cost: float = _cost(800.0, "A: count on site and entry in the pledge register")


class Guarantor(Kind):
    """Family of the owner, or a third person, who is liable with all they own."""

    cover: float = _cover(1.0, "A: for the whole loan, with what is pledged")
    haircut: float = _haircut(0.50, "A: a new kind; wealth can be moved away")
    cost: float = _cost(300.0, "A: check of wealth and debts, and the deed")


class Mixed(Collateral):
    """Take real estate or movables, and a guarantor for the rest."""

    kind: Literal["mixed"] = "mixed"
    real_estate: RealEstate = group(RealEstate, "real estate of firm or owner")
    movables: Movables = group(Movables, "stock and machines")
    guarantor: Guarantor = group(Guarantor, "a person who stands in")
    search: float = param(
        150.0, unit="CNY per file", ge=0, le=1e6, source="A: extracts from registers, and a call",
        meaning="cost of finding out what a firm and those who stand by it own, loan or no loan",
        no_lever="price",
    )  # fmt: skip
    least: float = param(
        0.0, unit="share of loan", ge=0, le=3, source="A: 0 refuses nobody for what it owns",
        meaning="cover, as the bank counts it, below which it makes no loan",
        cost="lending forgone: less is disbursed",
    )  # fmt: skip

    @checked
    def _something_can_reach_the_least_cover(self) -> Mixed:
        most = max(self._counted_with(pledged) for pledged in (self.real_estate, self.movables))
        if self.least > most + ROUNDING:
            raise ClashError(
                f"least {self.least:g} is more than the most that can count ({most:g}), "
                "so nobody gets a loan: lower it or raise a cover",
                "least",
            )
        return self

    def _counted_with(self, pledged: Kind) -> float:
        """Return the most that can count where this is pledged, with a guarantor for the rest."""
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
