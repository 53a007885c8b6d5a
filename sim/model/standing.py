"""Standing: whether a bank may lend, given its capital, its bad loans and its solvency.

A branch whose NPL ratio is above its tolerance loses its authority to lend until the ratio has been
within it for some months in a row.  Until then the ratio is taken on the loans that it had when it
lost the authority, since a shrinking book alone would keep the ratio above.  A book of few loans
passes a ratio by chance; head office knows how far, and allows for it.  A bank that is a legal
entity fails when its equity is negative, for good: what it has lent runs off, at the cost of its
staff and branch.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.compiled import elementwise
from sim.core.money import PENNY
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state.facts import Standing
from sim.state.market import Market


def standing(month: BankMonth) -> Standing:
    """Return who may lend from the next month on, after this month's result."""
    market, books = month.market, month.market.books
    barred, failed = np.zeros(books.equity.size), books.failed.copy()
    measured_on = np.zeros(books.equity.size)
    for bank in month.banks:
        mine, rule = market.books_at(bank.lender), bank.policy.capital
        barred[mine] = np.maximum(books.barred[mine] - 1.0, 0.0)
        if rule.npl_tolerance < 1.0:
            loans = np.maximum(books.gross_loans[mine], books.measured_on[mine])
            npl = market.ledger.npl[mine]
            above = npl > rule.npl_tolerance * loans + PENNY
            if above.any():  # no limit is below the tolerance
                tolerated = rule.tolerated(loans / mean_balance(market, bank.lender))
                above &= npl > tolerated * loans + PENNY
            barred[mine] = np.where(above, rule.tolerance_months, barred[mine])
            measured_on[mine] = np.where(barred[mine] > 0.0, loans, 0.0)
        if rule.legal_entity:
            failed[mine] |= books.equity[mine] < -PENNY
    return Standing(barred, measured_on, failed)


def mean_balance(market: Market, lender: int) -> Floats:
    """Return the mean balance of a lender's loans, weighted by balance, in each run, (runs,), CNY.

    Gross loans over it is the number of equal loans that vary as much by chance.  Without loans it
    is a penny.
    """
    live, runs = market.live_at(lender), market.runs
    balance, run = market.loans.balance[live], market.firms.run[live]
    squares = np.bincount(run, balance * balance, runs)
    return np.maximum(squares / np.maximum(np.bincount(run, balance, runs), PENNY), PENNY)


def may_lend(bank: BankAtWork, market: Market) -> Bools:
    """Return in which runs a bank may make new loans, shape (runs,)."""
    mine, books = market.books_at(bank.lender), market.books
    if bank.closed:
        return np.zeros(market.runs, bool)
    weight = bank.policy.capital.risk_weight(books.mean_pd[mine])
    allowed = _allowed(
        books.equity[mine], weight, books.gross_loans[mine], bank.policy.capital.minimum,
        books.barred[mine], books.failed[mine],
    )  # fmt: skip
    return np.asarray(allowed > 0.0)


@elementwise
def _allowed(equity, weight, gross_loans, minimum, barred, failed):  # type: ignore[no-untyped-def]
    """Return 1 if a book has the capital and the authority to lend, else 0; all are numbers."""
    enough = equity >= minimum * (weight * gross_loans) - PENNY
    return 1.0 if enough and barred == 0.0 and failed == 0.0 else 0.0
