"""A history: what the ledger recorded, month by month, for every book."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.state.market import Outcomes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class History:
    """Pages of the ledger: `pages` (months, columns, books), `names` of the columns.

    `first_defaults` (months, ages, books) counts defaults by month granted and age;
    `outcomes` holds the shadow loans that have ended, one array per field of `Outcomes`.
    """

    names: tuple[str, ...]
    pages: Floats
    first_defaults: Floats
    outcomes: Outcomes

    @property
    def months(self) -> int:
        """Number of reported months."""
        return len(self.pages)

    def series(self, name: str) -> Floats:
        """Return one column, shape (months, books)."""
        return self.pages[:, self.names.index(name)]

    def total(self, name: str) -> Floats:
        """Return the sum over all months, shape (books,)."""
        return self.series(name).sum(axis=0)

    def mean(self, name: str) -> Floats:
        """Return the mean over all months, shape (books,)."""
        return self.series(name).mean(axis=0)

    def last(self, name: str) -> Floats:
        """Return the value at the end, shape (books,)."""
        return self.series(name)[-1]


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return numerator over denominator, nan where there is nothing to divide by."""
    out = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=np.asarray(denominator) > 0)
    return out
