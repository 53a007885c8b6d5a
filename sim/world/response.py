"""How a borrower responds to its bank's action: whether it stops diverting, what it repays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import salt
from sim.core.random_numbers import uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose


def stops_diverting(market: Market, rows: NDArray[np.int64], success: float) -> NDArray[np.bool_]:
    """Return which diverting borrowers stop diverting, shape (n,); false for honest borrowers."""
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.INTERVENTION, market.month))
    return market.firms.diverting[rows] & (draws < success)


def repaid_on_call(market: Market, rows: NDArray[np.int64], asked: float) -> NDArray[np.float64]:
    """Return what borrowers repay early when the bank requests it, (n,), CNY.

    They repay from their cash, up to the share `asked` of the balance not yet due.
    """
    running = market.loans.balance[rows] - market.loans.overdue_principal[rows]
    return np.minimum(np.maximum(market.firms.cash[rows], 0.0), asked * running)
