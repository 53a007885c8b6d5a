"""Intervention: what becomes of a borrower when its bank acts on a warning.

It stops diverting or not, and repays what it can; the bank may reschedule, call or take collateral.
Which warnings a bank acts on, and how, its policy decides (`sim.model.oversight`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.random_numbers import uniforms_at
from sim.credit.amortisation import level_instalment
from sim.state.books import BOOKS
from sim.state.cohorts import COHORTS, note_cash
from sim.state.firms import FIRMS
from sim.state.impairment import impair
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER, Market
from sim.state.officers import OFFICERS
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose
from sim.state.relations import RELATIONS


class Intervened(NamedTuple):
    """Warnings acted on by one bank."""

    lender: int
    rows: Rows  # (n,)
    stopped: Bools  # (n,) diversion stopped
    rescheduled: Bools  # (n,)
    extra_months: int
    probation: int  # months that a rescheduled loan stays non-performing
    called: Floats  # (n,) CNY, paid early on demand
    added: Floats  # (n,) CNY, collateral added
    cost: float  # CNY each
    hours: float  # each


def stops_diverting(market: Market, rows: Rows, success: float) -> Bools:
    """Return which diverting borrowers give in, shape (n,); honest ones have nothing to stop."""
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.INTERVENTION, market.month))
    return market.firms.diverting[rows] & (draws < success)


def repaid_on_call(market: Market, rows: Rows, asked: float) -> Floats:
    """Return what borrowers repay at once when asked for a share of their balance, (n,), CNY.

    They repay what cash they have, up to the share `asked` of the balance not yet due.
    """
    running = market.loans.balance[rows] - market.loans.overdue_principal[rows]
    return np.minimum(np.maximum(market.firms.cash[rows], 0.0), asked * running)


@compiled
def _step_in(done, month, places, firms, loans, relations, officers, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(done.rows.size):
        i = done.rows[k]
        book = firms.run[i] * lenders + done.lender
        if not firms.diverting[i] and loans.dpd[i] == 0:
            relations.false_alarms_felt[done.lender * firms.key.size + i] += 1
        loans.alarm[i] = NEVER
        if done.stopped[k]:
            firms.diverting[i] = False
            ledger.diversions_stopped[book] += 1.0
        if done.rescheduled[k]:
            if loans.dpd[i] > 0:
                impair(i, book, True, loans, ledger)
            loans.remaining[i] += done.extra_months
            loans.instalment[i] = level_instalment(
                loans.balance[i], loans.rate[i], loans.remaining[i]
            )
            loans.overdue_principal[i] = 0.0
            loans.behind[i] = 0.0
            loans.dpd[i] = 0
            loans.rescheduled[i] = True
            loans.probation[i] = done.probation
        loans.collateral[i] += done.added[k]
        called = done.called[k]
        note_cash(cohorts, month, loans.granted[i], book, called, 0)
        loans.balance[i] -= called
        firms.cash[i] -= called
        books.cash[book] += called
        books.gross_loans[book] -= called
        ledger.paid_by_firms[book] += called
        ledger.principal_repaid[book] += called
        ledger.interventions[book] += 1.0
        ledger.monitoring_cost[book] += done.cost
        seat = (firms.run[i] * banks + done.lender) * seats + loans.seat[i]
        officers.hours[seat] += done.hours


@posting(writes=(FIRMS, LOANS, RELATIONS, OFFICERS, BOOKS, LEDGER, COHORTS))
def interventions(to: Written, done: Intervened) -> None:
    """Post reschedules, calls and diversions stopped; firms remember a false alarm."""
    if not done.rows.size:
        return
    _step_in(
        done,
        to.market.month,
        to.market.places,
        to.table(FIRMS),
        to.table(LOANS),
        to.table(RELATIONS),
        to.table(OFFICERS),
        to.table(BOOKS),
        to.table(LEDGER),
        to.table(COHORTS).cash,
    )
