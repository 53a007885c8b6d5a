"""The recorder: copies the ledger of every reported month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Rows
from sim.core.face import block_of
from sim.model.lifetimes import Lifetimes
from sim.scenario.schema import EconomyParams
from sim.state.ages import AGES
from sim.state.ledger import LEDGER
from sim.state.market import Market


class Recorder:
    """The ledger of all reported months: `pages` has shape (months, columns, books)."""

    def __init__(self, market: Market, horizon: int, economy: EconomyParams):
        self.economy = economy  # that of the reported months
        books = market.runs * market.lenders
        self.names = list(LEDGER.columns)
        self.pages: NDArray[np.float64] = np.zeros((horizon, len(self.names), books))
        self.months = 0
        self.first_defaults = np.zeros((horizon, AGES, books))  # by month of grant and age
        self.lifetimes = Lifetimes(market)

    def record(self, market: Market) -> None:
        """Copy this month's ledger, and count first defaults."""
        if self.months == len(self.pages):  # a user steps past the horizon
            self.pages = np.concatenate([self.pages, np.zeros_like(self.pages)])
            more = np.zeros_like(self.first_defaults)
            self.first_defaults = np.concatenate([self.first_defaults, more])
        self.pages[self.months] = block_of(market.ledger)
        self.months += 1
        self._record_defaults(market, self.lifetimes.record(market))

    def _record_defaults(self, market: Market, rows: Rows) -> None:
        if not rows.size:
            return
        loans = market.loans
        rows = rows[(loans.granted[rows] >= 1) & (loans.granted[rows] <= len(self.first_defaults))]
        # a default at a higher age counts at the last age
        age = np.minimum(market.month - loans.granted[rows], AGES - 1)
        book = market.firms.run[rows] * np.int64(market.lenders) + loans.lender[rows]
        np.add.at(self.first_defaults, (loans.granted[rows] - 1, age, book), 1.0)

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one column of all recorded months, shape (months, books)."""
        return self.pages[: self.months, self.names.index(name)]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return a copy of all that was recorded, as plain arrays by name; none before month 1."""
        if self.months == 0:
            return {}
        return {
            "Recorder.pages": self.pages[: self.months].copy(),
            "Recorder.first_defaults": self.first_defaults[: self.months].copy(),
            **self.lifetimes.arrays(),
        }

    def fill(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Go on from what another recorder of the same books had recorded.

        Raises `ValueError` where an array does not fit, `KeyError` where one is missing.
        """
        if "Recorder.pages" not in arrays:
            return
        pages, defaults = arrays["Recorder.pages"], arrays["Recorder.first_defaults"]
        self.months = len(pages)
        room = max(len(self.pages), self.months)
        self.pages = np.zeros((room, *self.pages.shape[1:]))
        self.first_defaults = np.zeros((room, *self.first_defaults.shape[1:]))
        self.pages[: self.months] = pages
        self.first_defaults[: self.months] = defaults
        self.lifetimes.fill(arrays)
