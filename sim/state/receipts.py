"""A payment of a borrower: interest first, then principal, on every account that it touches."""

from __future__ import annotations

import math

from sim.core.compiled import compiled
from sim.core.months import MONTH_DAYS
from sim.state.cohorts import note_cash
from sim.state.market import NO_LENDER

MOST_DPD = 30_000  # days past due that a column holds; more are kept as these


@compiled
def days_past_due(behind):  # type: ignore[no-untyped-def]
    """Return the days past due of a loan that is a number of months `behind`."""
    return min(MONTH_DAYS * math.ceil(behind - 1e-6), MOST_DPD)


@compiled
def receive(i, b, paid, month, firms, loans, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    """Post what the firm in slot `i` pays on its loan in book `b`; all three are numbers.

    `paid` is in CNY; `cohorts` is (months, ages, books).
    """
    note_cash(cohorts, month, loans.granted[i], b, paid, 0)
    left = paid
    firms.cash[i] -= left
    books.cash[b] += left
    ledger.paid_by_firms[b] += left
    to_accrued = min(left, loans.accrued[i])
    loans.accrued[i] -= to_accrued
    books.accrued[b] -= to_accrued
    left -= to_accrued
    to_suspended = min(left, loans.suspended[i])
    loans.suspended[i] -= to_suspended
    ledger.interest_income[b] += to_suspended
    ledger.interest_received[b] += to_accrued + to_suspended
    left -= to_suspended
    loans.overdue_principal[i] = max(loans.overdue_principal[i] - left, 0.0)
    loans.balance[i] -= left
    books.gross_loans[b] -= left
    ledger.principal_repaid[b] += left


@compiled
def pay_off(i, b, firms, loans, books, ledger):  # type: ignore[no-untyped-def]
    """Take a loan that is paid off from the book, with the fractions of a penny left of it.

    Slot `i` and book `b` are numbers.
    """
    books.gross_loans[b] -= loans.balance[i]
    ledger.principal_repaid[b] += loans.balance[i]
    books.cash[b] += loans.balance[i]
    ledger.paid_by_firms[b] += loans.balance[i]
    firms.cash[i] -= loans.balance[i]
    loans.balance[i] = 0.0
    loans.lender[i] = NO_LENDER
    firms.diverting[i] = False
