"""Row numbers of a slot's officer and book, for many slots at once: see `sim.state.market`."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import unsigned


@compiled
def rows_of_officers(rows, run, seat, places):  # type: ignore[no-untyped-def]
    """Return the officers' rows of the seats `seat` (n,) in the runs of the slots `rows`, (n,).

    `run` is (slots,); `places` holds how many banks there are, which one, and its seats.
    """
    banks, bank, seats = places
    officers = np.empty(rows.size, np.int64)
    for k in range(rows.size):
        officers[k] = (np.int64(run[unsigned(rows[k])]) * banks + bank) * seats + seat[k]
    return officers


@compiled
def rows_of_books(rows, run, lenders, lender):  # type: ignore[no-untyped-def]
    """Return the book of a lender in the run of each slot in `rows`, (n,); `run` is (slots,)."""
    books = np.empty(rows.size, np.int64)
    for k in range(rows.size):
        books[k] = np.int64(run[unsigned(rows[k])]) * lenders + lender
    return books


@compiled
def lent_by(live, lenders, lender):  # type: ignore[no-untyped-def]
    """Return the slots of `live` (n,) whose loan is a lender's, in their order."""
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        rows[unsigned(n)] = live[k]
        n += lenders[unsigned(live[k])] == lender
    return rows[:n].copy()
