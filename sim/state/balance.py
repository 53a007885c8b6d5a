"""The identities that the books must satisfy every month, checked against the loans themselves.

The books are updated posting by posting.  Here their totals are computed again from the loans, firm
by firm, so a posting that omits one side of an entry is found in the month in which it is made.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.errors import BooksError
from sim.core.indexing import unsigned
from sim.state import firms_balance
from sim.state.market import Market

LANES = 4  # partial sums used in turn, so that no addition waits for the one before
TOLERANCE = 1e-9  # of the balance sheet's size
SMALLEST = 1e6  # CNY: smallest size assumed, so an empty book may be wrong by 0.001 CNY


class Opening(NamedTuple):
    """Stocks at the month's start, each (books,) unless said, CNY."""

    gross_loans: Floats
    accrued: Floats
    suspended: Floats
    provisions: Floats
    fund_claims: Floats
    equity: Floats
    workout_due: Floats
    firms: firms_balance.Opening


class Counted(NamedTuple):
    """Totals over live loans, each (books,), CNY."""

    balance: Floats
    accrued: Floats
    suspended: Floats


class Noted(NamedTuple):
    """What cohorts and written-off loans add up to, each (books,), CNY."""

    cohort_cash: Floats  # noted this month with the loans of all months
    workout_due: Floats  # receipts still to come from loans written off
    kept: float  # share of receipts left after the cost of collection


def opening(market: Market) -> Opening:
    """Record the stocks before the month begins, and before the ledger is cleared."""
    books = market.books
    return Opening(
        gross_loans=books.gross_loans.copy(),
        accrued=books.accrued.copy(),
        suspended=market.ledger.suspended.copy(),  # counted at the end of the month before
        provisions=books.provisions.copy(),
        fund_claims=books.fund_claims.copy(),
        equity=books.equity.copy(),
        workout_due=books.workout_due.sum(axis=0),
        firms=firms_balance.opening(market),
    )


def over_loans(market: Market) -> Counted:
    """Compute balance, accrued and suspended interest of live loans from the loans themselves."""
    in_lanes = Counted(*np.zeros((3, LANES, market.books.cash.size)))
    _add_loans(market.live, market.lenders, market.firms, market.loans, in_lanes)
    return Counted(*(lanes.sum(axis=0) for lanes in in_lanes))


@compiled
def _add_loans(live, lenders, firms, loans, counted):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i, lane = unsigned(live[k]), unsigned(k % LANES)
        b = unsigned(firms.run[i] * lenders + loans.lender[i])
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
    "cash by cohort = received - disbursed - fees - workout costs, and workouts to come",
)
COUNT = len(IDENTITIES)


@compiled
def _sides(b, books, ledger, was, now, noted):  # type: ignore[no-untyped-def]
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
            ledger.gross_normal[b] + ledger.gross_special[b] + ledger.gross_substandard[b]
            + ledger.gross_doubtful[b] + ledger.gross_loss[b],
            books.gross_loans[b],
        ),
        (
            books.gross_loans[b] - was.gross_loans[b],
            ledger.disbursed[b] - ledger.principal_repaid[b] - ledger.written_off[b]
            - ledger.sold[b],
        ),
        (
            ledger.paid_by_firms[b] + ledger.collateral_receipts[b],
            ledger.interest_received[b] + ledger.principal_repaid[b],
        ),
        (
            ledger.interest_accrued[b],
            ledger.interest_received[b] + books.accrued[b] - was.accrued[b]
            + now.suspended[b] - was.suspended[b] + ledger.interest_forgone[b],
        ),
        (
            books.provisions[b] - was.provisions[b],
            ledger.provision_charge[b] - ledger.written_off[b] - ledger.sold[b] + ledger.claimed[b]
            + ledger.recoveries[b] + ledger.sale_price[b],
        ),
        (books.fund_claims[b] - was.fund_claims[b], ledger.claimed[b] - ledger.fund_receipts[b]),
        (ledger.profit[b], books.equity[b] - was.equity[b] + ledger.dividends[b]),
        (
            noted.cohort_cash[b],
            ledger.paid_by_firms[b] + ledger.collateral_receipts[b] + ledger.recoveries[b]
            + ledger.sale_price[b] + ledger.claimed[b] - ledger.disbursed[b] - ledger.fund_fees[b]
            - ledger.workout_cost[b] + noted.kept * (noted.workout_due[b] - was.workout_due[b]),
        ),
    )  # fmt: skip


@compiled
def _gaps(books, ledger, was, now, noted):  # type: ignore[no-untyped-def]
    """Return by how much each identity fails, (identities, books) CNY, and each book's size."""
    gaps = np.empty((COUNT, books.cash.size))
    size = np.empty(books.cash.size)
    for b in range(books.cash.size):
        for k, (left, right) in enumerate(_sides(b, books, ledger, was, now, noted)):
            gaps[k, b] = abs(left - right)
        size[b] = max(books.gross_loans[b] + ledger.paid_by_firms[b] + was.gross_loans[b], SMALLEST)
    return gaps, size


def check(market: Market, before: Opening, collection_cost: float) -> None:
    """Raise `BooksError` naming the first identity that fails, its book, and by how much.

    `collection_cost` is the share of workout receipts that collecting them costs.
    """
    noted = Noted(
        market.tables.cohorts.noted, market.books.workout_due.sum(axis=0), 1.0 - collection_cost
    )
    gaps, size = _gaps(market.books, market.ledger, before, over_loans(market), noted)
    wrong = ~(gaps <= TOLERANCE * size)  # what is no number fails
    if wrong.any():
        identity = int(np.argmax(wrong.any(axis=1)))
        book = int(np.argmax(np.where(wrong[identity], gaps[identity] / size, -1.0)))
        raise BooksError(
            f"month {market.month}, seed {market.seeds[book // market.lenders]}, lender "
            f"{book % market.lenders}: {IDENTITIES[identity]} fails by "
            f"{gaps[identity, book]:.6g} CNY"
        )
    firms_balance.check(market, before.firms, TOLERANCE, SMALLEST)
