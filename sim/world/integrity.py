"""Integrity: officers who break rules for firms, the effect on files, and how it is detected.

An officer whose rank by integrity is below the share open to favours uses an opportunity with a
given probability.  The officer ignores an inflated statement that the cross-check has detected,
inflates the report of a visit to a known firm, and renews loans in arrears without notifying the
bank.  A month with n favours is detected with probability `1 - (1 - audit x trace)^n`, since audit
selects files at random.  The effect of a favour on default is not set here: it follows from which
firms get loans and which loans raise warnings.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.draws import pair_keys, salt, uniform
from sim.core.random_numbers import uniforms_at
from sim.state.market import NEVER, Market
from sim.state.purposes import Purpose
from sim.world.conduct import Labour


def breaks_rule(
    market: Market, rows: Rows, officers: Rows, labour: Labour, purpose: Purpose
) -> Bools:
    """Return for which firms the officer in charge breaks a rule if there is an opportunity, (n,).

    `rows` and `officers` are (n,).  The random numbers belong to firm, officer and month: with
    another officer they differ.
    """
    keys = pair_keys(market.firms.key[rows], market.officers.key[officers])
    willing = market.officers.integrity[officers] < labour.open_to_favours
    return willing & (uniform(keys, salt(purpose, market.month)) < labour.favour)


class Favours:
    """The favours that officers do for this month's applicants of one bank."""

    def __init__(self, market: Market, rows: Rows, lender: int, officers: Rows, labour: Labour):
        self.willing = breaks_rule(market, rows, officers, labour, Purpose.FAVOUR)
        since = market.file_of(lender).known_since[rows]
        self.known = (since < market.month) & (since > market.officers.since[officers])
        self.report_inflation = labour.report_inflation
        self.done = np.zeros(rows.size, bool)

    def reported(self, caught: Bools) -> Bools:
        """Return which detected inflated statements, (n,), the officer reports."""
        self.done |= caught & self.willing
        return caught & ~self.willing

    def praise(self, visited: Bools) -> Floats:
        """Return by how much the reports on visited firms, (n,), are inflated, in sd."""
        favoured = visited & self.willing & self.known
        self.done |= favoured
        return self.report_inflation * favoured.astype(np.float64)


def hidden(market: Market, lender: int, labour: Labour) -> Rows:
    """Return the loans in arrears that their officers renew without notifying the bank, (n,)."""
    loans, live = market.loans, market.live_at(lender)
    late = (loans.behind[live] > 0.0) & ~loans.defaulted[live]
    rows = live[late & (loans.proven[live] == NEVER)]
    officers = market.officer_rows(rows, lender, loans.seat[rows])
    return rows[breaks_rule(market, rows, officers, labour, Purpose.HIDING)]


def exposed(market: Market, officers: Rows, labour: Labour, audit: float) -> Bools:
    """Return which of these officers an audit of the share `audit` of files detects, (n,)."""
    table = market.officers
    chance = 1.0 - (1.0 - audit * labour.trace) ** table.favours[officers]
    draws = uniforms_at(table.key, officers, salt(Purpose.EXPOSED, market.month))
    return (draws < chance) & table.active[officers]
