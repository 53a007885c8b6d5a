"""A history: the ledger's monthly records of every book."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.core.arrays import Floats
from sim.core.money import PENNY
from sim.state.market import Outcomes


@dataclass(frozen=True)
class History:
    """The ledger's records: `pages` (months, columns, books), with the `names` of the columns.

    `first_defaults` (months, ages, books) counts first defaults by month of grant and age;
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
        """Return the value at the end of the last month, shape (books,)."""
        return self.series(name)[-1]

    def gross_loans_before(self, months: int) -> Floats:
        """Return gross loans `months` before the end, or just before month 1 where that is later.

        Before month 1 nothing is recorded, but the change in gross loans in a month is what was
        lent less what was repaid, written off and sold.  Shape (books,), CNY.
        """
        if self.months > months:
            return self.series("gross_loans")[-1 - months]
        left = ("principal_repaid", "written_off", "sold")
        opening = self.series("gross_loans")[0] - self.series("disbursed")[0]
        opening = opening + sum(self.series(name)[0] for name in left)
        return np.where(opening < PENNY, 0.0, opening)


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return numerator over denominator, nan where the denominator is not positive."""
    out = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=np.asarray(denominator) > 0)
    return out
