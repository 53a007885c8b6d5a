"""How a borrower answers when its bank steps in: whether it stops diverting, what it can repay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import salt
from sim.core.random_numbers import uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose


def stops_diverting(market: Market, rows: NDArray[np.int64], success: float) -> NDArray[np.bool_]:
    """Return which diverting borrowers give in, shape (n,); honest ones have nothing to stop."""
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.INTERVENTION, market.month))
    return market.firms.diverting[rows] & (draws < success)


def repaid_on_call(market: Market, rows: NDArray[np.int64], asked: float) -> NDArray[np.float64]:
    """Return what borrowers repay at once when asked for a share of their balance, (n,), CNY.

    They repay what cash they have, up to the share `asked` of the balance not yet due.
    """
    running = market.loans.balance[rows] - market.loans.overdue_principal[rows]
    return np.minimum(np.maximum(market.firms.cash[rows], 0.0), asked * running)
