"""Acting on warnings: misuse is proven or not, contracts are changed, loans are called or cut.

On a warning that saw trouble a loan in arrears is rescheduled; one that pays is eased if its
borrower, asked about the warning, says that it is short of cash: it gets a longer term before it
falls behind, stays in its class and has no probation.  The borrower knows its cash; the bank takes
its word for it.  A warning raised by chance leads to neither: asked, the bank has nothing to point
to.  Calls, cuts and added cover need no more than suspicion.  Which warnings a bank acts on, and
how, `sim.model.care` finds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
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
from sim.state.relations import RELATIONS


class Acted(NamedTuple):
    """Warnings acted on by one bank."""

    lender: int
    rows: Rows  # (n,)
    proven: Bools  # (n,) misuse is proven
    rescheduled: Bools  # (n,) in arrears, and the contract is changed
    eased: Bools  # (n,) the term is lengthened before arrears
    extra_months: int
    probation: int  # months that a rescheduled loan stays non-performing
    called: Floats  # (n,) CNY, paid early on demand
    added: Floats  # (n,) CNY, collateral added
    cost: float  # CNY each
    contract_cost: float  # CNY for each contract changed
    hours: float  # each


def paid_on_demand(market: Market, rows: Rows, asked: float) -> Floats:
    """Return what borrowers repay at once of the share `asked` of their balance, (n,), CNY.

    They repay what cash they have, up to that share of the balance not yet due.
    """
    running = market.loans.balance[rows] - market.loans.overdue_principal[rows]
    return np.minimum(np.maximum(market.firms.cash[rows], 0.0), asked * running)


@compiled
def _repay(i, book, paid, month, firms, loans, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    note_cash(cohorts, month, loans.granted[i], book, paid, 0)
    loans.balance[i] -= paid
    firms.cash[i] -= paid
    books.cash[book] += paid
    books.gross_loans[book] -= paid
    ledger.paid_by_firms[book] += paid
    ledger.principal_repaid[book] += paid


@compiled
def _act(acted, month, places, firms, loans, relations, officers, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(acted.rows.size):
        i = acted.rows[k]
        book = firms.run[i] * lenders + acted.lender
        if not (firms.diverting[i] or loans.dpd[i] > 0 or acted.eased[k]):
            relations.false_alarms_felt[acted.lender * firms.key.size + i] += 1
        loans.answered[i] = month
        if loans.founded[i]:
            loans.trouble_answered[i] = month
        loans.alarm[i] = NEVER
        loans.founded[i] = False
        loans.evidence[i] = 0
        if acted.rescheduled[k]:  # a borrower in arrears: restructured in distress
            impair(i, book, True, loans, ledger)
        changed = acted.rescheduled[k] or acted.eased[k]
        if changed:
            loans.remaining[i] += acted.extra_months
            loans.instalment[i] = level_instalment(
                loans.balance[i], loans.rate[i], loans.remaining[i]
            )
            ledger.monitoring_cost[book] += acted.contract_cost
        if acted.eased[k]:
            loans.eased[i] = True
            ledger.eased[book] += 1.0
        if acted.rescheduled[k]:
            loans.overdue_principal[i] = 0.0
            loans.behind[i] = 0.0
            loans.dpd[i] = 0
            loans.rescheduled[i] = True
            loans.probation[i] = acted.probation
        loans.collateral[i] += acted.added[k]
        _repay(i, book, acted.called[k], month, firms, loans, books, ledger, cohorts)
        ledger.interventions[book] += 1.0
        ledger.monitoring_cost[book] += acted.cost
        seat = (firms.run[i] * banks + acted.lender) * seats + loans.seat[i]
        officers.hours[seat] += acted.hours


@posting(writes=(FIRMS, LOANS, RELATIONS, OFFICERS, BOOKS, LEDGER, COHORTS))
def post_actions(to: Written, acted: Acted) -> None:
    """Post changed contracts and early repayments; firms remember a false alarm."""
    if not acted.rows.size:
        return
    _act(
        acted,
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
