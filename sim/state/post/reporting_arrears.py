"""Post the arrears that a new officer finds and reports after the predecessor hid them."""

from __future__ import annotations

from sim.core.arrays import Rows
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up


def reveal_arrears(market: Market, bank: int, rows: Rows, probation: int) -> None:
    """Report a predecessor's hidden renewals: they become reschedules, and a warning is raised.

    They stay non-performing for `probation` months.  A warning raised by chance gives way to it.
    """
    loans = market.tables.loans
    found = rows[loans.renewed[rows]]
    loans.renewed[found] = False
    loans.rescheduled[found] = True
    loans.probation[found] = probation
    new, first = found[~loans.founded[found]], found[loans.first_alarm[found] == NEVER]
    loans.alarm[new], loans.founded[new] = market.month, True
    loans.first_alarm[first] = market.month
    add_up(market.tables.ledger.brought_to_light, market.books_of(found, bank), 1.0)
