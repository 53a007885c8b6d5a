"""Open warnings: which loans have had a warning for long enough that the bank acts on it."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.market import NEVER, Market


@compiled
def _warned(live, alarm, month, lag):  # type: ignore[no-untyped-def]
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        raised = alarm[unsigned(live[k])]
        rows[unsigned(n)] = live[k]
        n += (raised != NEVER) & (month - raised >= lag)
    return rows[:n].copy()


def warned_since(market: Market, bank: int, lag: float) -> Rows:
    """Return the slots whose loan from a bank has had a warning for `lag` months, ascending."""
    rows: Rows = _warned(market.live_at(bank), market.loans.alarm, market.month, lag)
    return rows
