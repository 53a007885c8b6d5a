"""Keep the list of slots that hold a loan."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import rows_where
from sim.state.market import Market


@compiled
def _lent(lender):  # type: ignore[no-untyped-def]
    lent = np.empty(lender.size, np.bool_)
    for i in range(lender.size):
        lent[i] = lender[i] >= 0
    return rows_where(lent)


def refresh_live(market: Market) -> None:
    """Rebuild the list of slots with a loan, ascending."""
    market.live_by_lender.clear()
    market.live = _lent(market.loans.lender)
