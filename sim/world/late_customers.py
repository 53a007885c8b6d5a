"""Late customers: the month in which what a loan was used for begins to bring in money."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Rows
from sim.state.market import Market
from sim.world.population import Population


def awaited(market: Market, population: Population, month: int) -> Rows:
    """Return the slots whose customers begin to pay for what the loan was used for, (n,).

    They do after the firm's usual wait, and at the latest when the loan falls due.
    """
    if population.late_payers == 0.0:
        return np.empty(0, np.int64)
    loans = market.loans
    waiting = np.flatnonzero(loans.project_left < 0)
    come = month - loans.granted[waiting] > market.firms.paid_after[waiting]
    return waiting[come | (loans.remaining[waiting] <= 1)]
