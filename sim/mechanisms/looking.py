"""Looking after loans: visits, checks of papers and readings of account data, and the warnings.

One warning stands at a time.  One that saw trouble takes the place of one raised by chance, and its
time begins then, as if the other had never been.  The first warning is forgotten after a year, so
that a default counts as warned of only if that was in the year before it.  Which loans are looked
at, and what is seen, `sim.model.care` finds.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.params import param
from sim.mechanisms.base import MechanismParams
from sim.state.books import BOOKS
from sim.state.firms_view import note_check
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER
from sim.state.officers import OFFICERS
from sim.state.posting import Written, posting

MOST_LOOKS = 100  # at one loan that are counted as evidence


class Looking(MechanismParams):
    """How long a warning is remembered."""

    remembered: int = param(
        12, unit="months", ge=1, le=1200, source="P: Norden & Weber 2010: a year ahead",
        meaning="months after which a default does not count as warned of",
    )  # fmt: skip


class Looked(NamedTuple):
    """What one bank's looks at its live loans found."""

    lender: int
    visited: Rows  # (n,)
    checked: Rows  # (m,) whose papers were checked
    misused: Rows  # (p,) of the checked: proven to be diverted
    warned: Rows  # (w,) on which a warning is raised
    founded: Rows  # (f,) of the warned: by a look that saw trouble
    saw: Rows  # (s,) that are diverted, which a look has seen
    times: Rows  # (s,) by how many looks of this month
    unreported: Rows  # (live,) see the column of this name
    ruled_out: Floats  # (live,) see the column of this name
    ruled_in: Floats  # (live,) see the column of this name
    proof_chances: Floats  # (books,) that the looks end in proof if a loan is diverted, summed
    visit_cost: float  # CNY each
    visit_hours: float  # each
    check_cost: float  # CNY each
    check_hours: float  # each
    remembered: int  # months that the first warning counts


@compiled
def _charge(rows, lender, cost, hours, places, firms, loans, officers, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(rows.size):
        i = unsigned(rows[k])
        ledger.monitoring_cost[unsigned(firms.run[i] * lenders + lender)] += cost
        seat = unsigned((firms.run[i] * banks + lender) * seats + loans.seat[i])
        officers.hours[seat] += hours


@compiled
def _post_looks(looked, live, month, places, firms, loans, officers, books, ledger):  # type: ignore[no-untyped-def]
    lenders, bank = places[0], looked.lender
    _charge(
        looked.visited, bank, looked.visit_cost, looked.visit_hours, places,
        firms, loans, officers, ledger,
    )  # fmt: skip
    _charge(
        looked.checked, bank, looked.check_cost, looked.check_hours, places,
        firms, loans, officers, ledger,
    )  # fmt: skip
    for k in range(looked.visited.size):
        i = unsigned(looked.visited[k])
        ledger.inspections[unsigned(firms.run[i] * lenders + bank)] += 1.0
    for k in range(live.size):
        i = unsigned(live[k])
        loans.ruled_out[i] = looked.ruled_out[k]
        loans.ruled_in[i] = looked.ruled_in[k]
        loans.unreported[i] = looked.unreported[k]
        ledger.unreported[unsigned(firms.run[i] * lenders + bank)] += looked.unreported[k] > 0
        if month - loans.first_alarm[i] >= looked.remembered:
            loans.first_alarm[i] = NEVER
    for k in range(looked.warned.size):
        i = unsigned(looked.warned[k])
        book = unsigned(firms.run[i] * lenders + bank)
        loans.alarm[i] = month
        loans.evidence[i] = 0
        if loans.first_alarm[i] == NEVER:
            loans.first_alarm[i] = month
        ledger.alarms[book] += 1.0
        ledger.alarms_true[book] += firms.diverting[i] or loans.dpd[i] > 0
    for k in range(looked.founded.size):
        loans.founded[unsigned(looked.founded[k])] = True
    for k in range(looked.saw.size):
        i = unsigned(looked.saw[k])
        if loans.founded[i]:
            loans.evidence[i] = min(loans.evidence[i] + looked.times[k], MOST_LOOKS)
    for k in range(looked.misused.size):  # what is proven needs no action
        i = unsigned(looked.misused[k])
        loans.alarm[i] = NEVER
        loans.founded[i] = False
        loans.answered[i] = month
        loans.trouble_answered[i] = month
    for book in range(bank, books.cash.size, lenders):
        note_check(books, book, looked.proof_chances[book])


@posting(writes=(LOANS, OFFICERS, BOOKS, LEDGER))
def post_looks(to: Written, looked: Looked) -> None:
    """Charge the looks and raise the warnings; firms learn how likely diversion is proven."""
    market = to.market
    _post_looks(
        looked,
        market.live_at(looked.lender),
        market.month,
        market.places,
        market.firms,
        to.table(LOANS),
        to.table(OFFICERS),
        to.table(BOOKS),
        to.table(LEDGER),
    )
