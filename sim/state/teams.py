"""The team of each book: how many full-time officers there are, and what share each seat works.

Seats are filled in order, so only the last one may be part-time: as a plan grows from 2 to 3
officers, the third works ever more hours and gets ever more files, and a branch of any size has
the officers that its plan says.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.state.market import Market

WHOLE = 1e-9  # officers: a team this near to a whole number is one


def full_time(market: Market, bank: int) -> Floats:
    """Return the officers whom a bank pays in each run, (runs,), part-time ones as shares."""
    return market.books.full_time[market.books_at(bank)]


def seats(officers: Floats | float) -> Integers:
    """Return how many seats so many full-time officers fill, at least one, in their shape."""
    filled: Integers = np.maximum(np.ceil(np.asarray(officers) - WHOLE), 1.0).astype(np.int64)
    return filled


def shares(market: Market, bank: int) -> Floats:
    """Return the share of full time that a bank's seats work, (officers,); 0 if not paid for."""
    rows = market.officers_at(bank)
    paid = full_time(market, bank)[market.officers.run[rows]]
    left = np.minimum(np.maximum(paid - market.officers.seat[rows], 0.0), 1.0)
    return np.where(market.officers.active[rows], left, 0.0)
