"""Cohorts: the cash that loans granted in one month cost and brought, by their age then.

Kept for loans granted from month 1 on, so that a loan can be judged over its whole life: what a
loan written off will bring is noted at the age at which it will come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Schema
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.table import read_only

Floats = NDArray[np.float64]
AGES = 240  # months of age that are kept; later cash falls in the last


COHORTS = Schema("Cohorts")  # the name under which a posting writes them


class CohortCash(NamedTuple):
    """`cash` (months granted, ages, books), CNY: received less paid out, the first row month 1."""

    cash: Floats


class Cohorts:
    """The same to write; unlike a table's column, `cash` is replaced as months pass."""

    def __init__(self, books: int):
        self.cash: Floats = np.zeros((0, AGES, books))

    def reach(self, month: int) -> None:
        """Make room for loans granted up to `month`."""
        had, ages, books = self.cash.shape
        if month > had:
            more = np.zeros((max(month, 2 * had) - had, ages, books))
            self.cash = np.concatenate([self.cash, more])

    def __iter__(self) -> Iterator[Floats]:
        return iter((self.cash,))

    @property
    def read(self) -> CohortCash:
        """The face to read, as of now."""
        return CohortCash(read_only(self.cash))


@compiled
def note_cash(cash, month, granted, book, amount, ahead):  # type: ignore[no-untyped-def]
    """Note an amount that comes `ahead` months from now with the loans of the same month.

    For a loan granted before month 1 nothing is added to the first cohort: so no step depends on
    which loans are that old.
    """
    if cash.shape[0] > 0:
        age = min(month - granted + ahead, cash.shape[1] - 1)
        noted = amount if granted >= 1 else 0.0
        cash[unsigned(max(granted, 1) - 1), unsigned(age), book] += noted
