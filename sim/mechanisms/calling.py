"""Calling guarantors: what they pay for a loan in default, and which loans of theirs follow.

A bank claims the whole loan, which then is overdue at once, or its arrears alone.  Each guarantor
owes its part of that, at most what it is liable for; it pays from its cash, all its claims in the
same proportion where the cash does not meet them.  The claim stands as long as the loan is in
arrears that long.  What it pays goes to interest, then to principal.  Arrears shorten with what is
paid of them; those of a loan claimed as a whole, which is due since one day, end when all is paid.
The guarantor's own loan, if it has one, sees the missing cash (see `followed_calls`).  It has no
recourse to the borrower.  A bank keeps count of what loans with guarantors owed and what their
guarantors paid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.money import PENNY
from sim.core.months import MONTH_DAYS
from sim.core.params import param
from sim.mechanisms.base import MechanismParams
from sim.state.books import BOOKS
from sim.state.cohorts import COHORTS
from sim.state.firms import FIRMS
from sim.state.guarantors import (
    CALLED_FIRMS,
    CLAIMS,
    GUARANTORS,
    PLACES,
    guarantor_of,
    owed_in_new_defaults,
)
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.month import Month
from sim.state.officers import OFFICERS
from sim.state.posting import Written, posting
from sim.state.receipts import days_past_due, pay_off, receive


class Calling(MechanismParams):
    """What is taken from a guarantor that is called."""

    kept: float = param(
        0.0, unit="months of costs", ge=0, le=120, source="A: accounts are frozen; swept",
        meaning="cash that a called guarantor keeps",
    )  # fmt: skip


class GuaranteedDefaults(NamedTuple):
    """What one bank's loans with guarantors owe that default this month, not called before."""

    lender: int
    owed: Floats  # (books,) CNY
    kept: float  # share of what was seen before that still counts


class Calls(NamedTuple):
    """Guarantors of one bank's loans that are called."""

    lender: int
    rows: Rows  # (n,) slots of the loans
    payers: Rows  # (2, n) slots of the guarantors; -1 is none
    paid: Floats  # (2, n) CNY
    whole: bool  # the whole loan falls due
    cost: float  # CNY for each loan, once
    hours: float  # for each loan, once


@compiled
def claims(rows, each, whole, firms, loans, guarantors, rule):  # type: ignore[no-untyped-def]
    """Return who pays how much for each loan of `rows` (n,): slots and CNY, (2, n) each.

    Claimed are arrears, or if `whole` all that is owed.
    """
    payers = np.full((PLACES, rows.size), np.int64(-1))
    paid = np.zeros((PLACES, rows.size))
    asked = np.empty(firms.key.size)  # set for payers alone
    for k in range(rows.size):
        for place in range(PLACES):
            payers[place, k] = guarantor_of(rows[k], place, each, firms, loans, guarantors)
            if payers[place, k] >= 0:
                asked[payers[place, k]] = 0.0
    for k in range(rows.size):
        i = rows[k]
        liable = 0.0
        for place in range(PLACES):
            if payers[place, k] >= 0:
                liable += guarantors.liable[place, i]
        principal = loans.balance[i] if whole else loans.overdue_principal[i]
        claim = principal + loans.accrued[i] + loans.suspended[i]
        for place in range(PLACES):
            if payers[place, k] >= 0 and liable > 0.0:
                part = min(1.0, claim / liable)
                paid[place, k] = part * guarantors.liable[place, i]
                asked[payers[place, k]] += paid[place, k]
    for k in range(rows.size):
        for place in range(PLACES):
            g = payers[place, k]
            if g >= 0 and asked[g] > 0.0:
                cash = max(firms.cash[g] - rule.kept * firms.costs[g], 0.0)
                paid[place, k] *= min(1.0, cash / asked[g])
    return payers, paid


@compiled
def guaranteed_and_late(live, lender, days, loans, guarantors):  # type: ignore[no-untyped-def]
    """Return a lender's loans of `live` with guarantors, more than `days` past due, (n,)."""
    late, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        if loans.dpd[i] > days and loans.lender[i] == lender and guarantors.firm[0, i] > 0:
            late[unsigned(n)] = live[k]
            n += 1
    return late[:n].copy()


def calls(
    month: Month, lender: int, after: int, whole: bool, cost: float, hours: float
) -> Calls | None:
    """Call those who owe on a bank's loans that are more than `after` months past due.

    A guarantor that has left, or is liable for nothing more, is not called.
    """
    market, loans = month.market, month.market.loans
    guarantors = market.table(GUARANTORS)
    late = guaranteed_and_late(market.live, lender, MONTH_DAYS * after, loans, guarantors)
    if not late.size:
        return None
    rule = month.params(Calling).record()
    each = market.firms_per_run
    payers, paid = claims(late, each, whole, market.firms, loans, guarantors, rule)
    owes = ((payers >= 0) & (guarantors.liable[:, late] > 0.0)).any(axis=0)
    if not owes.any():
        return None
    return Calls(lender, late[owes], payers[:, owes], paid[:, owes], whole, cost, hours)


def guaranteed_defaults(month: Month, lender: int, kept: float) -> GuaranteedDefaults:
    """Find what is owed on loans of a bank that default this month and were given guarantors.

    Of what it has seen before, the share `kept` still counts.
    """
    market = month.market
    owed = owed_in_new_defaults(
        market.live, lender, month.number, market.lenders, market.books.cash.size,
        market.firms, market.loans, market.table(GUARANTORS),
    )  # fmt: skip
    return GuaranteedDefaults(lender, owed, kept)


@posting(writes=(CLAIMS,))
def post_guaranteed_defaults(to: Written, new: GuaranteedDefaults) -> None:
    """Let what the bank has seen of guarantors fade, and add what is owed on new defaults."""
    claims, mine = to.table(CLAIMS), to.market.books_at(new.lender)
    claims.paid[mine] *= new.kept
    claims.owed[mine] = new.kept * claims.owed[mine] + new.owed[mine]


@compiled
def _collect(  # type: ignore[no-untyped-def]
    calls, month, places, firms, loans, guarantors, called_firms, claims, officers, books, ledger,
    cohorts,
):  # fmt: skip
    """Post what guarantors pay; return how many loans are paid off."""
    lenders, banks, seats = places
    ended = 0
    for k in range(calls.rows.size):
        i = calls.rows[k]
        b = firms.run[i] * lenders + calls.lender
        if not guarantors.asked[i]:
            guarantors.asked[i] = True
            ledger.guarantors_called[b] += 1.0
            ledger.monitoring_cost[b] += calls.cost
            officers.hours[(firms.run[i] * banks + calls.lender) * seats + loans.seat[i]] += (
                calls.hours
            )
            if not loans.defaulted[i]:  # else it was counted when it defaulted
                claims.owed[b] += loans.balance[i] + loans.accrued[i] + loans.suspended[i]
            if calls.whole:
                loans.overdue_principal[i] = loans.balance[i]
                loans.remaining[i] = 0
        exposure = loans.balance[i] + loans.accrued[i] + loans.suspended[i]
        arrears = loans.overdue_principal[i] + loans.accrued[i] + loans.suspended[i]
        total = 0.0
        for place in range(PLACES):
            g, paid = calls.payers[place, k], calls.paid[place, k]
            if g < 0 or paid <= 0.0:
                continue
            guarantors.liable[place, i] -= paid
            firms.cash[g] -= paid
            firms.cash[i] += paid  # it pays for the borrower
            called_firms.paid[g] += paid
            called_firms.last_called[g] = month
            total += paid
        if total == 0.0:
            continue
        ledger.paid_by_guarantors[b] += total
        claims.paid[b] += total
        receive(i, b, total, month, firms, loans, books, ledger, cohorts)
        left = max(arrears - total, 0.0)
        if left < PENNY:
            loans.behind[i] = 0.0
        elif not calls.whole:
            loans.behind[i] *= left / arrears
        loans.dpd[i] = days_past_due(loans.behind[i])
        if exposure - total < PENNY:
            pay_off(i, b, firms, loans, books, ledger)
            ended += 1
    return ended


@posting(writes=(FIRMS, LOANS, GUARANTORS, CALLED_FIRMS, CLAIMS, OFFICERS, BOOKS, LEDGER, COHORTS))
def post_calls(to: Written, called: Calls) -> None:
    """Post what guarantors pay, in the books of the bank and in their own cash."""
    ended = _collect(
        called,
        to.market.month,
        to.market.places,
        to.table(FIRMS),
        to.table(LOANS),
        to.table(GUARANTORS),
        to.table(CALLED_FIRMS),
        to.table(CLAIMS),
        to.table(OFFICERS),
        to.table(BOOKS),
        to.table(LEDGER),
        to.table(COHORTS).cash,
    )
    if ended:
        to.drop_ended()
