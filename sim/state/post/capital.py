"""Post dividends to owners; a negative one is capital that head office allots."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.state.market import Market


def dividends(market: Market, paid: Floats) -> None:
    """Pay `paid` (books,) CNY to owners; funding takes the place of the equity that leaves."""
    books = market.tables.books
    books.equity[:] -= paid
    books.funding[:] += paid
    market.tables.ledger.dividends[:] = paid
