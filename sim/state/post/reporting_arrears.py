"""Post what a successor finds who has no stake in what the predecessor hid."""

from __future__ import annotations

import numpy as np

from sim.credit.classes import PROBATION
from sim.state.facts import Rows
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up


def reveal_arrears(market: Market, bank: int, rows: Rows) -> None:
    """Own up to the renewals of a predecessor: they are reschedules, and a warning is raised."""
    loans = market.tables.loans
    found = rows[loans.renewed[rows]]
    loans.renewed[found] = False
    loans.rescheduled[found] = True
    loans.probation[found] = PROBATION
    for note in (loans.alarm, loans.first_alarm):
        note[found] = np.where(note[found] == NEVER, market.month, note[found])
    add_up(market.tables.ledger.brought_to_light, market.books_of(found, bank), 1.0)
