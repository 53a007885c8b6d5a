"""Integrity: officers who bend rules for firms, what that does to files, and how it comes out.

An officer whose rank by integrity is below the share open to favours acts on an occasion with a
chance.  It lets a lie pass that the cross-check has caught, reports better of a visit to a firm
known, and renews own loans that fall behind without telling the bank.  A month with n favours is
found out with chance `1 - (1 - audit x trace)^n`, since audit opens files at random.  Nothing
here says what a favour does to default: that follows from who is lent to, and who is warned of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import pair_keys, salt, uniform
from sim.core.random_numbers import uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world.conduct import Labour

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rows = NDArray[np.int64]


def bends(market: Market, rows: Rows, officers: Rows, labour: Labour, purpose: Purpose) -> Bools:
    """Return for which firms the officer in charge, both (n,), bends a rule if there is occasion.

    The luck is of firm, officer and month: with another officer it is another.
    """
    keys = pair_keys(market.firms.key[rows], market.officers.key[officers])
    willing = market.officers.integrity[officers] < labour.open_to_favours
    return willing & (uniform(keys, salt(purpose, market.month)) < labour.favour)


class Favours:
    """What officers do for this month's applicants of one bank, and for whom they did it."""

    def __init__(self, market: Market, rows: Rows, lender: int, officers: Rows, labour: Labour):
        self.willing = bends(market, rows, officers, labour, Purpose.FAVOUR)
        since = market.file_of(lender).known_since[rows]
        self.known = (since < market.month) & (since > market.officers.since[officers])
        self.report_inflation = labour.report_inflation
        self.done = np.zeros(rows.size, bool)

    def reported(self, caught: Bools) -> Bools:
        """Return which of the lies caught, (n,), the officer does not let pass."""
        self.done |= caught & self.willing
        return caught & ~self.willing

    def praise(self, visited: Bools) -> Floats:
        """Return by how much the reports on firms visited, (n,), are too good, in sd."""
        favoured = visited & self.willing & self.known
        self.done |= favoured
        return self.report_inflation * favoured


def hidden(market: Market, lender: int, labour: Labour) -> Rows:
    """Return the loans that fell behind and that their officers renew on their own account."""
    loans, live = market.loans, market.live_at(lender)
    rows = live[(loans.behind[live] > 0.0) & ~loans.defaulted[live]]
    officers = market.officer_rows(rows, lender, loans.seat[rows])
    return rows[bends(market, rows, officers, labour, Purpose.HIDING)]


def exposed(market: Market, officers: Rows, labour: Labour, audit: float) -> Bools:
    """Return which of these officers an audit of a share of files finds out, shape (n,)."""
    table = market.officers
    chance = 1.0 - (1.0 - audit * labour.trace) ** table.favours[officers]
    draws = uniforms_at(table.key, officers, salt(Purpose.EXPOSED, market.month))
    return (draws < chance) & table.active[officers]
