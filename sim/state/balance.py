"""The identities that the books must keep every month, checked against the loans themselves.

What the books say was added up posting by posting; here it is counted again from the loans, firm
by firm, so a posting that forgets one side of an entry is found in the month in which it is made.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BooksError
from sim.state.ledger import BALANCE_SHEET, GRADES
from sim.state.market import Market

Floats = NDArray[np.float64]
TOLERANCE = 1e-9  # of the balance sheet's size
SMALLEST = 1e6  # CNY: an empty book is held to a tenth of a penny


class Opening(NamedTuple):
    """Stocks at the month's start, each (books,), CNY."""

    stocks: Any  # mapping of the balance sheet's accounts
    suspended: Floats


def opening(market: Market) -> Opening:
    """Remember the stocks before the month begins."""
    stocks = {name: getattr(market.books, name).copy() for name in BALANCE_SHEET}
    return Opening(stocks, over_loans(market, market.loans.suspended))


def over_loans(market: Market, amounts: Floats) -> Floats:
    """Add an amount per slot up over each book's live loans, shape (books,)."""
    live = market.live
    book = market.firms.run[live] * np.int64(market.lenders) + market.loans.lender[live]
    total = np.bincount(book, weights=amounts[live], minlength=market.books.cash.size)
    return np.asarray(total, dtype=float)


def check(market: Market, before: Opening) -> None:
    """Raise `BooksError` naming the first identity that fails, its book, and by how much."""
    books, page, loans = market.books, market.ledger, market.loans
    was = before.stocks
    suspended = over_loans(market, loans.suspended)
    sides = {
        "assets = liabilities + equity": (
            books.cash + books.gross_loans + books.accrued + books.fund_claims - books.provisions,
            books.funding + books.deferred_bonus + books.tax_payable + books.equity,
        ),
        "gross loans = balances of live loans": (
            books.gross_loans,
            over_loans(market, loans.balance),
        ),
        "interest receivable = that of live loans": (
            books.accrued,
            over_loans(market, loans.accrued),
        ),
        "classes add up to gross loans": (
            sum((getattr(page, grade) for grade in GRADES), np.zeros(1)),
            books.gross_loans,
        ),
        "change in gross = disbursed - repaid - written off - sold": (
            books.gross_loans - was["gross_loans"],
            page.disbursed - page.principal_repaid - page.written_off - page.sold,
        ),
        "payments and collateral = interest and principal received": (
            page.paid_by_firms + page.collateral_receipts,
            page.interest_received + page.principal_repaid,
        ),
        "interest due = received + change in receivable and suspended + forgone": (
            page.interest_accrued,
            page.interest_received
            + (books.accrued - was["accrued"])
            + (suspended - before.suspended)
            + page.interest_forgone,
        ),
        "change in provisions = charge - write-offs + claims + recoveries + sales": (
            books.provisions - was["provisions"],
            page.provision_charge
            - page.written_off
            - page.sold
            + page.claimed
            + page.recoveries
            + page.sale_price,
        ),
        "change in fund claims = claimed - received": (
            books.fund_claims - was["fund_claims"],
            page.claimed - page.fund_receipts,
        ),
        "profit = change in equity before dividends": (
            page.profit,
            books.equity - was["equity"] + page.dividends,
        ),
    }
    size = np.maximum(books.gross_loans + page.paid_by_firms + was["gross_loans"], SMALLEST)
    for name, (left, right) in sides.items():
        gap = np.abs(left - right)
        if not np.all(gap <= TOLERANCE * size):
            book = int(np.argmax(gap / size))
            raise BooksError(
                f"month {market.month}, seed {market.seeds[book // market.lenders]}, lender "
                f"{book % market.lenders}: {name} fails by {gap[book]:.6g} CNY"
            )
    alive = np.bincount(market.firms.run, weights=market.firms.alive, minlength=market.runs)
    if not np.all(alive + market.economy.exited == market.economy.entered):
        raise BooksError(f"month {market.month}: firms alive + exited differ from firms entered")
