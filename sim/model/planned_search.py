"""Planned search: how much a bank prospects so that its loans come to what it plans.

It orders up to its plan.  Loans and what the files in hand will bring, with what it still has to
find, are to come to the planned loans and to what a usual stock of files brings:

    B + y (F + r A) = B* + y F_0

B the loans after this month's repayments, B* those planned for the month's end, y the loan that an
application brings, F the open files, F_0 the usual ones, A the applications at a reach of 1.  y, A
and F_0 are its own means of the last months (`sim.mechanisms.searching`), so refusals, firms that
walk away and rivals' offers all count, and whatever was missed stands in B until it is made up.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.months import monthly_fading
from sim.mechanisms.searching import SEARCH, Search, Searched
from sim.model import standing
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state.choices import Reached
from sim.state.market import NO_LENDER, Market


def needed_reach(lack: Floats, waiting: Floats, seen: Search) -> Floats:
    """Return r, the reach that brings the loans that a plan lacks, (runs,); at least 0.

    `lack` (runs,) is B* - B, CNY, `waiting` (runs,) is F.  Where search brought nothing so far it
    is infinite if loans are lacking, else 0.
    """
    to_find = lack * seen.came + (seen.waiting - waiting) * seen.lent  # times what came
    brings = seen.lent * seen.came  # by a mean reach, times what came
    unknown = np.where(lack > 0.0, np.inf, 0.0)
    found = brings > 0.0
    reach = np.where(found, to_find / np.where(found, brings, 1.0) * seen.reach, unknown)
    return np.maximum(reach, 0.0)


def planned_reach(bank: BankAtWork, market: Market, lack: Floats) -> Floats:
    """Return the reach with which a bank that lacks so many loans, (runs,) CNY, meets its plan."""
    mine = market.books_at(bank.lender)
    seen = Search(*(column[mine] for column in market.table(SEARCH)))
    return needed_reach(lack, open_files(bank, market), seen)


def open_files(bank: BankAtWork, market: Market) -> Floats:
    """Return how many applicants of a bank wait for its decision in each run, (runs,).

    Borrowers who have asked for a renewal are none of them.
    """
    waiting = np.zeros(market.runs)
    _count(market.requests[bank.lender], bank.lender, market.firms, market.loans, waiting)
    return waiting


@compiled
def _count(requests, bank, firms, loans, waiting):  # type: ignore[no-untyped-def]
    for i in range(firms.run.size):
        if requests.lender[i] == bank and loans.lender[i] == NO_LENDER:
            waiting[unsigned(firms.run[i])] += 1.0


def brought(month: BankMonth) -> Searched | None:
    """Return what a bank's search brought this month, where applications follow prospecting.

    A month in which it may not lend tells nothing of what search brings.
    """
    bank, market, reached = month.bank, month.market, month.found(Reached)
    if reached is None or bank.closed:
        return None
    ledger, mine = market.ledger, market.books_at(bank.lender)
    made = ledger.taken[mine] + ledger.renewals[mine]
    weight = 1.0 - monthly_fading(bank.policy.staffing.search_memory)
    new = ledger.taken[mine] / np.maximum(made, 1.0)  # of all lending, by number
    return Searched(
        lender=bank.lender,
        weight=np.where(standing.may_lend(bank, market), weight, 0.0),
        reach=reached.reach[bank.lender],
        came=ledger.applications[mine],
        lent=ledger.disbursed[mine] * new,
        waiting=open_files(bank, market),
    )
