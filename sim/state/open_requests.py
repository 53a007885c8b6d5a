"""Open requests: in which row each is stored, and which of them a bank must decide this month."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import rows_where
from sim.state.market import Market


@compiled
def request_of(slot, bank, slots, requests):  # type: ignore[no-untyped-def]
    """Return the row of a slot's request to a bank, a number; see `Market.requests`.

    `requests` (slots,) or (banks * slots,) is any column of the table of applications.
    """
    return slot if requests.size == slots else np.int64(bank) * slots + slot


@compiled
def _due(lender, due, bank, month):  # type: ignore[no-untyped-def]
    chosen = np.empty(lender.size, np.bool_)
    for i in range(lender.size):
        chosen[i] = (lender[i] == bank) & (due[i] <= month)
    return rows_where(chosen)


def requests_due(market: Market, bank: int) -> Rows:
    """Return the slots whose request at a bank is due by this month, ascending."""
    requests = market.requests[bank]
    rows: Rows = _due(requests.lender, requests.due, bank, market.month)
    return rows
