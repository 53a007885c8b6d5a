"""Cohorts: the cash paid out and received on the loans granted in one month, by age of the loan.

Kept for loans granted from month 1 on, so that a loan can be judged over its lifetime.  Future
receipts on a loan written off are recorded at once, at the age at which they will come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.table import read_only

Floats = NDArray[np.float64]
AGES = 240  # months of age that are kept; later cash goes in the last


class CohortCash(NamedTuple):
    """`cash` (months granted, ages, books), CNY: received less paid out, the first row month 1."""

    cash: Floats


class Cohorts:
    """The write side of `CohortCash`; unlike a table's column, `cash` is replaced as it grows."""

    def __init__(self, books: int):
        self.cash: Floats = np.zeros((0, AGES, books))

    def reach(self, month: int) -> None:
        """Make room for loans granted up to `month`."""
        months, ages, books = self.cash.shape
        if month > months:
            more = np.zeros((max(month, 2 * months) - months, ages, books))
            self.cash = np.concatenate([self.cash, more])

    def __iter__(self) -> Iterator[Floats]:
        return iter((self.cash,))

    @property
    def read(self) -> CohortCash:
        """The read side, as of now."""
        return CohortCash(read_only(self.cash))


@compiled
def note_cash(cash, month, granted, book, amount, ahead):  # type: ignore[no-untyped-def]
    """Add an amount (CNY) that comes `ahead` months from now to the cohort of its loan.

    For a loan granted before month 1, zero is added to the first cohort, so that the steps are the
    same for every loan.
    """
    if cash.shape[0] > 0:
        age = min(month - granted + ahead, cash.shape[1] - 1)
        added = amount if granted >= 1 else 0.0
        cash[unsigned(max(granted, 1) - 1), unsigned(age), book] += added
