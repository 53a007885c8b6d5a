"""Keep the list of slots that hold a loan."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import rows_where, unsigned
from sim.state.market import Market


@compiled
def _lent(lender):  # type: ignore[no-untyped-def]
    lent = np.empty(lender.size, np.bool_)
    for i in range(lender.size):
        lent[i] = lender[i] >= 0
    return rows_where(lent)


@compiled
def _still_lent(live, lender):  # type: ignore[no-untyped-def]
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        rows[unsigned(n)] = live[k]
        n += lender[unsigned(live[k])] >= 0
    return rows[:n].copy()


def drop_ended(market: Market) -> None:
    """Take from the list the slots whose loan has left the book; nothing else has changed."""
    market.live_by_lender.clear()
    market.live = _still_lent(market.live, market.loans.lender)


def refresh_live(market: Market) -> None:
    """Rebuild the list of slots with a loan, ascending."""
    market.live_by_lender.clear()
    market.live = _lent(market.loans.lender)
