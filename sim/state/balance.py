"""The identities that the books must keep every month, checked against the loans themselves.

What the books say was added up posting by posting; here it is counted again from the loans, firm
by firm, so a posting that forgets one side of an entry is found in the month in which it is made.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
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
    return Opening(stocks, over_loans(market)[2])


def over_loans(market: Market) -> Floats:
    """Count balance, accrued and suspended interest of live loans again, shape (3, books), CNY."""
    totals = np.zeros((3, market.books.cash.size))
    _add_loans(market.live, market.lenders, market.firms, market.loans, totals)
    return totals


@compiled
def _add_loans(live, lenders, firms, loans, totals):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i = live[k]
        b = firms.run[i] * lenders + loans.lender[i]
        totals[0, b] += loans.balance[i]
        totals[1, b] += loans.accrued[i]
        totals[2, b] += loans.suspended[i]


def check(market: Market, before: Opening) -> None:
    """Raise `BooksError` naming the first identity that fails, its book, and by how much."""
    books, page = market.books, market.ledger
    was = before.stocks
    balance, accrued, suspended = over_loans(market)
    sides = {
        "assets = liabilities + equity": (
            books.cash + books.gross_loans + books.accrued + books.fund_claims - books.provisions,
            books.funding + books.deferred_bonus + books.tax_payable + books.equity,
        ),
        "gross loans = balances of live loans": (books.gross_loans, balance),
        "interest receivable = that of live loans": (books.accrued, accrued),
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
