"""Keep the list of slots that hold a loan."""

from __future__ import annotations

import numpy as np

from sim.state.market import Market


def refresh_live(market: Market) -> None:
    """List again the slots with a loan, ascending."""
    market.live_by_lender.clear()
    market.live = np.flatnonzero(market.loans.lender >= 0)
