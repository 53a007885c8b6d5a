"""Cohorts: the cash paid out and received on the loans granted in one month, by age of the loan.

Kept for loans granted from month 1 on, so that a loan can be judged over its lifetime.  Future
receipts on a loan written off are recorded at once, at the age at which they will come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, read_only
from sim.core.columns import Schema
from sim.core.compiled import compiled
from sim.core.indexing import unsigned

AGES = 240  # months of age that are kept; later cash goes in the last


class CohortCash(NamedTuple):
    """`cash` (months granted, ages, books), CNY: received less paid out, the first row month 1."""

    cash: Floats


class Cohorts:
    """The same to write; unlike a table's column, `cash` is replaced as months pass.

    One row comes before that of month 1: its first age holds the cash noted this month, whatever
    the loans' age, and its second all cash of loans granted before month 1.
    """

    def __init__(self, books: int):
        self.cash: Floats = np.zeros((1, AGES, books))

    def reach(self, month: int) -> None:
        """Begin a month, with room for loans granted up to it."""
        self.cash[0, 0] = 0.0
        rows, ages, books = self.cash.shape
        if month >= rows:
            more = np.zeros((max(month + 1, 2 * rows) - rows, ages, books))
            self.cash = np.concatenate([self.cash, more])

    @property
    def noted(self) -> Floats:
        """The cash noted this month with the loans of all months, (books,), CNY."""
        return self.cash[0, 0].copy()

    def __iter__(self) -> Iterator[Floats]:
        return iter((self.cash,))

    @property
    def read(self) -> CohortCash:
        """The face to read, as of now."""
        return CohortCash(read_only(self.cash[1:]))


COHORTS: Schema[Cohorts] = Schema.of("Cohorts")  # the name under which a posting writes them


@compiled
def note_cash(cash, month, granted, book, amount, ahead):  # type: ignore[no-untyped-def]
    """Add an amount (CNY) that comes `ahead` months from now to the cohort of its loan.

    `cash` (1 + months, ages, books) is written into; all other arguments are numbers.  It also
    counts toward what is noted this month.  Loans granted before month 1 share a row.
    """
    row = max(granted, 0)
    age = min(month - granted + ahead, cash.shape[1] - 1) if row > 0 else 1
    cash[unsigned(row), unsigned(age), book] += amount
    cash[0, 0, book] += amount
