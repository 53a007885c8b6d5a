"""Post dividends to owners, negative where head office allots capital, and who may not lend."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.state.facts import Standing
from sim.state.market import Market


def dividends(market: Market, paid: Floats) -> None:
    """Pay `paid` (books,) CNY to owners; funding takes the place of the equity that leaves."""
    books = market.tables.books
    books.equity[:] -= paid
    books.funding[:] += paid
    market.tables.ledger.dividends[:] = paid


def standing(market: Market, found: Standing) -> None:
    """Post how long each branch is barred from lending, and which banks have failed."""
    market.tables.books.barred[:] = found.barred
    market.tables.books.measured_on[:] = found.measured_on
    market.tables.books.failed[:] = found.failed
