"""The recorder: copies the ledger's page of every reported month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state.ledger import LEDGER
from sim.state.market import Market


class Recorder:
    """The pages of all reported months, one array (months, books) per column of the ledger."""

    def __init__(self, market: Market, horizon: int):
        books = market.runs * market.lenders
        self.names = list(LEDGER.columns)
        self.pages: NDArray[np.float64] = np.zeros((horizon, len(self.names), books))
        self.months = 0

    def record(self, market: Market) -> None:
        """Copy this month's page."""
        if self.months == len(self.pages):  # a user steps past the horizon
            self.pages = np.concatenate([self.pages, np.zeros_like(self.pages)])
        for column, values in enumerate(market.ledger):
            self.pages[self.months, column] = values
        self.months += 1

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one column of all recorded months, shape (months, books)."""
        return self.pages[: self.months, self.names.index(name)]
