"""What a lender expects of its own book."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.state.market import Market

UNKNOWN_BOOK = 0.04  # A: estimate that a lender starts from before it has a loan


def mean_estimate(market: Market, lender: int) -> NDArray[np.float64]:
    """Return a lender's mean estimate of default over its live loans in each run, (runs,)."""
    rows = market.live_at(lender)
    run = market.firms.run[rows]
    count = np.bincount(run, minlength=market.runs)
    total = np.bincount(run, weights=market.loans.pd[rows], minlength=market.runs)
    return np.where(count > 0, total / np.maximum(count, 1), UNKNOWN_BOOK)
