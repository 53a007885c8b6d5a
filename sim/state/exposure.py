"""Exposure: how a lender's gross loans are distributed over sectors."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.economy import SECTORS
from sim.state.market import Market


@compiled
def _add(live, firms, loans, total):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i = unsigned(live[k])
        total[firms.sector[i], firms.run[i]] += loans.balance[i]


def gross_by_sector(market: Market, lender: int) -> Floats:
    """Return the balance of a lender's live loans by sector and run, (SECTORS, runs), CNY."""
    total = np.zeros((SECTORS, market.runs))
    _add(market.live_at(lender), market.firms, market.loans, total)
    return total
