"""Keep the list of slots that hold a loan."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.places import place, rows_where
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
        rows[place(n)] = live[k]
        n += lender[place(live[k])] >= 0
    return rows[:n].copy()


def list_opened(market: Market) -> None:
    """List the slots with a loan, ascending, now that some were paid out."""
    market.live_by_lender.clear()
    market.live = _lent(market.loans.lender)


def drop_closed(market: Market) -> None:
    """Leave out the slots whose loan was closed just now."""
    market.live_by_lender.clear()
    market.live = _still_lent(market.live, market.loans.lender)
