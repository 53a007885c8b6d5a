"""Late customers: the month in which the project that a loan financed starts to bring in cash."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Rows
from sim.state.market import Market
from sim.world.population import Population


def awaited(market: Market, population: Population, month: int) -> Rows:
    """Return the slots whose customers start to pay for the financed project, (n,).

    They do so after the firm's usual payment delay, and at the latest when the loan matures.
    """
    if population.late_payers == 0.0:
        return np.empty(0, np.int64)
    loans = market.loans
    waiting = np.flatnonzero(loans.project_left < 0)
    come = month - loans.granted[waiting] > market.firms.paid_after[waiting]
    return waiting[come | (loans.remaining[waiting] <= 1)]
