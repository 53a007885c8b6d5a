"""The identities that the books must keep every month, checked against the loans themselves.

What the books say was added up posting by posting; here it is counted again from the loans, firm
by firm, so a posting that forgets one side of an entry is found in the month in which it is made.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.compiled import compiled
from sim.core.errors import BooksError
from sim.core.places import place
from sim.state.market import Market

Floats = NDArray[np.float64]
TOLERANCE = 1e-9  # of the balance sheet's size
SMALLEST = 1e6  # CNY: an empty book is held to a tenth of a penny
LANES = 4  # sums that are added up in turn, so that no addition waits for the one before


class Opening(NamedTuple):
    """Stocks at the month's start, each (books,), CNY."""

    gross_loans: Floats
    accrued: Floats
    suspended: Floats
    provisions: Floats
    fund_claims: Floats
    equity: Floats


class Counted(NamedTuple):
    """What live loans add up to, each (books,), CNY."""

    balance: Floats
    accrued: Floats
    suspended: Floats


def opening(market: Market) -> Opening:
    """Remember the stocks before the month begins, and before its page is turned."""
    books = market.books
    return Opening(
        gross_loans=books.gross_loans.copy(),
        accrued=books.accrued.copy(),
        suspended=market.ledger.suspended.copy(),  # counted at the end of the month before
        provisions=books.provisions.copy(),
        fund_claims=books.fund_claims.copy(),
        equity=books.equity.copy(),
    )


def over_loans(market: Market) -> Counted:
    """Count balance, accrued and suspended interest of live loans again."""
    in_lanes = Counted(*np.zeros((3, LANES, market.books.cash.size)))
    _add_loans(market.live, market.lenders, market.firms, market.loans, in_lanes)
    return Counted(*(lanes.sum(axis=0) for lanes in in_lanes))


@compiled
def _add_loans(live, lenders, firms, loans, counted):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i, lane = place(live[k]), place(k % LANES)
        b = place(firms.run[i] * lenders + loans.lender[i])
        counted.balance[lane, b] += loans.balance[i]
        counted.accrued[lane, b] += loans.accrued[i]
        counted.suspended[lane, b] += loans.suspended[i]


IDENTITIES = (
    "assets = liabilities + equity",
    "gross loans = balances of live loans",
    "interest receivable = that of live loans",
    "classes add up to gross loans",
    "change in gross = disbursed - repaid - written off - sold",
    "payments and collateral = interest and principal received",
    "interest due = received + change in receivable and suspended + forgone",
    "change in provisions = charge - write-offs + claims + recoveries + sales",
    "change in fund claims = claimed - received",
    "profit = change in equity before dividends",
)
COUNT = len(IDENTITIES)


@compiled
def _sides(b, books, page, was, now):  # type: ignore[no-untyped-def]
    """Return both sides of each of `IDENTITIES` for one book, CNY."""
    return (
        (
            books.cash[b] + books.gross_loans[b] + books.accrued[b] + books.fund_claims[b]
            - books.provisions[b],
            books.funding[b] + books.deferred_bonus[b] + books.tax_payable[b] + books.equity[b],
        ),
        (books.gross_loans[b], now.balance[b]),
        (books.accrued[b], now.accrued[b]),
        (
            page.gross_normal[b] + page.gross_special[b] + page.gross_substandard[b]
            + page.gross_doubtful[b] + page.gross_loss[b],
            books.gross_loans[b],
        ),
        (
            books.gross_loans[b] - was.gross_loans[b],
            page.disbursed[b] - page.principal_repaid[b] - page.written_off[b] - page.sold[b],
        ),
        (
            page.paid_by_firms[b] + page.collateral_receipts[b],
            page.interest_received[b] + page.principal_repaid[b],
        ),
        (
            page.interest_accrued[b],
            page.interest_received[b] + books.accrued[b] - was.accrued[b]
            + now.suspended[b] - was.suspended[b] + page.interest_forgone[b],
        ),
        (
            books.provisions[b] - was.provisions[b],
            page.provision_charge[b] - page.written_off[b] - page.sold[b] + page.claimed[b]
            + page.recoveries[b] + page.sale_price[b],
        ),
        (books.fund_claims[b] - was.fund_claims[b], page.claimed[b] - page.fund_receipts[b]),
        (page.profit[b], books.equity[b] - was.equity[b] + page.dividends[b]),
    )  # fmt: skip


@compiled
def _gaps(books, page, was, now):  # type: ignore[no-untyped-def]
    """Return by how much each identity fails, (identities, books) CNY, and each book's size."""
    gaps = np.empty((COUNT, books.cash.size))
    size = np.empty(books.cash.size)
    for b in range(books.cash.size):
        for k, (left, right) in enumerate(_sides(b, books, page, was, now)):
            gaps[k, b] = abs(left - right)
        size[b] = max(books.gross_loans[b] + page.paid_by_firms[b] + was.gross_loans[b], SMALLEST)
    return gaps, size


@compiled
def _firms_add_up(firms, economy):  # type: ignore[no-untyped-def]
    """Return whether in every run firms alive and firms gone are those that ever entered."""
    runs = economy.entered.size
    each = firms.alive.size // runs
    for run in range(runs):
        alive = 0
        for i in range(run * each, (run + 1) * each):
            alive += firms.alive[i]
        if alive + economy.exited[run] != economy.entered[run]:
            return False
    return True


def check(market: Market, before: Opening) -> None:
    """Raise `BooksError` naming the first identity that fails, its book, and by how much."""
    gaps, size = _gaps(market.books, market.ledger, before, over_loans(market))
    wrong = ~(gaps <= TOLERANCE * size)  # what is no number fails
    if wrong.any():
        identity = int(np.argmax(wrong.any(axis=1)))
        book = int(np.argmax(np.where(wrong[identity], gaps[identity] / size, -1.0)))
        raise BooksError(
            f"month {market.month}, seed {market.seeds[book // market.lenders]}, lender "
            f"{book % market.lenders}: {IDENTITIES[identity]} fails by "
            f"{gaps[identity, book]:.6g} CNY"
        )
    if not _firms_add_up(market.firms, market.economy):
        raise BooksError(f"month {market.month}: firms alive + exited differ from firms entered")
