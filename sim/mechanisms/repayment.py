"""Repayment: what falls due on a loan, and how much of it the firm's cash can meet.

A firm pays when it can: default comes from a lack of cash, not from a choice.  Payments go to
interest first, then to principal:
behind' = (behind + 1) x share of the due amount left unpaid: a missed level instalment adds one
month, a part payment its fraction, and whatever settles all dues takes it to zero.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.money import PENNY
from sim.core.params import param
from sim.credit.classes import SUBSTANDARD
from sim.credit.schedule import RECEIVABLES, DueRules, due_rules, invoices_due, principal_due
from sim.mechanisms.base import MechanismParams
from sim.state.books import BOOKS
from sim.state.cohorts import COHORTS
from sim.state.firms import FIRMS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER
from sim.state.month import Month
from sim.state.population import Population
from sim.state.posting import Written, posting
from sim.state.receipts import days_past_due, pay_off, receive
from sim.state.regulation import Regulation


class Repayment(MechanismParams):
    """How the principal of special schedules falls due."""

    reduction: float = param(
        0.05, unit="share of balance a month", ge=0, le=1, source="A: a twentieth",
        meaning="share of a revolving balance that falls due each month",
    )  # fmt: skip
    seasonal_swing: float = param(
        0.5, unit="share of principal", ge=0, le=1, source="A: half",
        meaning="share of the principal of a seasonal loan that moves with the season",
    )  # fmt: skip

    @property
    def rules(self) -> DueRules:
        """The numbers of the schedules."""
        return due_rules(self.reduction, self.seasonal_swing)


class Repaid(NamedTuple):
    """What falls due on loans in a month, and what is paid."""

    rows: Rows  # (n,)
    interest: Floats  # (n,) CNY, of this month
    scheduled: Floats  # (n,) CNY, principal falling due this month
    paid: Floats  # (n,) CNY


@compiled
def all_payments(live, firms, loans, peaks, month, rules, law):  # type: ignore[no-untyped-def]
    """Return interest, scheduled principal and payment of each live loan, (n,) each, CNY.

    `live` is (n,) too, `peaks` (sectors,) are calendar months, `law` holds the penalty rates: on
    all of a loan whose misuse was proven, else on principal that is overdue.  How principal falls
    due depends on the contract rate alone.
    """
    n = live.size
    interest = np.empty(n)
    scheduled = np.empty(n)
    paid = np.empty(n)
    for k in range(n):
        i = unsigned(live[k])
        monthly = loans.rate[i] / 12.0
        interest[k] = loans.balance[i] * monthly
        if loans.proven[i] != NEVER:
            interest[k] *= law.misuse_penalty
        else:
            interest[k] += (law.overdue_penalty - 1.0) * loans.overdue_principal[i] * monthly
        running = loans.balance[i] - loans.overdue_principal[i]
        if loans.schedule[i] == RECEIVABLES:
            age = month - loans.granted[i]
            waiting = age + loans.season_shift[i] <= firms.paid_after[i]
            scheduled[k] = invoices_due(running, loans.remaining[i], waiting)
        else:
            scheduled[k] = principal_due(
                loans.schedule[i],
                running,
                loans.instalment[i],
                running * monthly,
                loans.remaining[i],
                month - np.int64(peaks[firms.sector[i]]) - loans.season_shift[i],
                rules,
            )
        due = (
            interest[k]
            + scheduled[k]
            + loans.accrued[i]
            + loans.suspended[i]
            + loans.overdue_principal[i]
        )
        paid[k] = min(due, max(firms.cash[i], 0.0))
    return interest, scheduled, paid


def repay(month: Month) -> Repaid:
    """Compute what falls due on every loan and what the borrower pays."""
    return payments(month, month.market.live)


def payments(month: Month, rows: Rows) -> Repaid:
    """Return what falls due on the loans `rows` (n,) this month, and what each borrower can pay."""
    market, peaks = month.market, month.params(Population).by_sector("peak")
    rules, law = month.params(Repayment).rules, month.params(Regulation).record()
    dues = all_payments(rows, market.firms, market.loans, peaks, month.number, rules, law)
    return Repaid(rows, *dues)


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
        if not loans.impaired[i]:
            ledger.performing_full[b] += 1.0
        if loans.grade[i] < SUBSTANDARD:
            ledger.performing_balance[b] += loans.balance[i]
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

        receive(i, b, paid[k], month, firms, loans, books, ledger, cohorts)
        unpaid = due - paid[k]
        if unpaid < PENNY:
            loans.behind[i] = 0.0
        else:
            loans.behind[i] = (loans.behind[i] + 1.0) * (unpaid / due)
        loans.dpd[i] = days_past_due(loans.behind[i])

        settled = loans.remaining[i] == 0 or loans.balance[i] < PENNY
        if unpaid < PENNY and settled:
            pay_off(i, b, firms, loans, books, ledger)


@posting(writes=(FIRMS, LOANS, BOOKS, LEDGER, COHORTS))
def post_instalments(to: Written, repaid: Repaid) -> None:
    """Post dues and payments; loans that are paid off leave the book."""
    market = to.market
    _post(
        repaid.rows,
        repaid.interest,
        repaid.scheduled,
        repaid.paid,
        market.month,
        market.lenders,
        to.table(FIRMS),
        to.table(LOANS),
        to.table(BOOKS),
        to.table(LEDGER),
        to.table(COHORTS).cash,
    )
    to.refresh_live()
