"""Post instalments: interest falls due, payments go to interest first, then to principal.

behind' = (behind + 1) x share of the due amount left unpaid: a missed level instalment adds one
month, a part payment its fraction, and a payment of all dues resets it to zero.
"""

from __future__ import annotations

import math

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.state.cohorts import note_cash
from sim.state.facts import Repaid
from sim.state.market import NO_LENDER, Market
from sim.state.post.live_loans import refresh_live

PENNY = 0.005  # CNY: a smaller amount counts as zero
SUBSTANDARD = 2


@compiled
def _post(rows, interest, scheduled, paid, month, lenders, firms, loans, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        i = unsigned(rows[k])
        b = unsigned(firms.run[i] * lenders + loans.lender[i])
        due = (
            interest[k]
            + scheduled[k]
            + loans.accrued[i]
            + loans.suspended[i]
            + loans.overdue_principal[i]
        )
        if not loans.defaulted[i]:
            ledger.performing[b] += 1.0
        ledger.interest_accrued[b] += interest[k]
        if loans.grade[i] < SUBSTANDARD:
            loans.accrued[i] += interest[k]
            books.accrued[b] += interest[k]
            ledger.interest_income[b] += interest[k]
        else:
            loans.suspended[i] += interest[k]
        loans.overdue_principal[i] += scheduled[k]
        if loans.remaining[i] > 0:
            loans.remaining[i] -= 1

        note_cash(cohorts, month, loans.granted[i], b, paid[k], 0)
        left = paid[k]
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

        unpaid = due - paid[k]
        if unpaid < PENNY:
            loans.behind[i] = 0.0
        else:
            loans.behind[i] = (loans.behind[i] + 1.0) * (unpaid / due)
        loans.dpd[i] = min(30 * math.ceil(loans.behind[i] - 1e-6), 30000)

        settled = loans.remaining[i] == 0 or loans.balance[i] < PENNY
        if unpaid < PENNY and settled:
            books.gross_loans[b] -= loans.balance[i]
            ledger.principal_repaid[b] += loans.balance[i]
            books.cash[b] += loans.balance[i]
            ledger.paid_by_firms[b] += loans.balance[i]
            firms.cash[i] -= loans.balance[i]
            loans.balance[i] = 0.0
            loans.lender[i] = NO_LENDER
            firms.diverting[i] = False


def instalments(market: Market, repaid: Repaid) -> None:
    """Post dues and payments; loans that are paid off leave the book."""
    tables = market.tables
    _post(
        repaid.rows,
        repaid.interest,
        repaid.scheduled,
        repaid.paid,
        market.month,
        market.lenders,
        tables.firms,
        tables.loans,
        tables.books,
        tables.ledger,
        market.tables.cohorts.cash,
    )
    refresh_live(market)
