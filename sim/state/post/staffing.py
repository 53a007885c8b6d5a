"""Post the staff at the month's end: who leaves, and the workload and effort of all officers."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.state import teams
from sim.state.facts import Staffed
from sim.state.market import Market
from sim.state.post.by_book import add_up
from sim.state.post.entering import officers_born
from sim.state.post.reporting_arrears import reveal_arrears

SOFT_DIMENSIONS = (0, 2)  # operations and owner: what an officer senses in person


def staff(market: Market, staffed: Staffed) -> None:
    """Post workload, effort and climate; successors start without experience."""
    tables, rows = market.tables, staffed.officers
    officers = tables.officers
    officers.caseload[rows] = staffed.caseload
    officers.workload[rows] = staffed.workload
    officers.effort[rows] = staffed.effort
    officers.record_months[rows] = staffed.record_months
    officers.record_defaults[rows] = staffed.record_defaults
    officers.experience[rows] += 1.0
    officers.hours[rows] = 0.0
    officers.favours[rows] = 0.0
    mine = market.books_at(staffed.lender)
    tables.books.culture[mine] = staffed.culture
    tables.books.pressure[mine] = staffed.pressure
    if staffed.exposed.size:
        book = officers.run[staffed.exposed] * np.int64(market.lenders) + staffed.lender
        add_up(tables.ledger.exposed, book, 1.0)
    if staffed.leaving.size:
        officers_born(market, staffed.leaving, staffed.labour, experience=0.0)
        _hand_over(market, staffed, staffed.leaving)
    if staffed.rotated.size:
        experience = officers.experience[staffed.rotated]
        officers_born(market, staffed.rotated, staffed.labour, experience)
        passed_on = _hand_over(market, staffed, staffed.rotated)
        add_up(officers.hours, passed_on, staffed.takeover_hours)
    officers.care[rows] = staffed.care
    officers.supervised[rows] = staffed.supervised
    officers.supervised[staffed.leaving] = False  # these seats have successors
    officers.supervised[staffed.rotated] = False
    officers.hours[rows] += staffed.supervised_hours * officers.supervised[rows]


def _hand_over(market: Market, staffed: Staffed, leaving: Rows) -> Rows:
    """Remove part of the soft information that officers `leaving` had about their borrowers.

    Returns the officer's row of each loan that is handed over, shape (n,).
    """
    bank, kept = staffed.lender, staffed.labour.kept_at_handover
    left = np.zeros(market.officers.key.size, bool)
    left[leaving] = True
    rows, seat = _handed_over(
        market.live_at(bank), left, bank, market.places, market.firms, market.loans
    )
    reveal_arrears(market, bank, rows, staffed.probation)
    relation = bank * market.slots + rows
    mean = market.tables.relations.belief_mean
    variance = market.tables.relations.belief_variance
    for k in SOFT_DIMENSIONS:
        known = kept * (1.0 / variance[k, relation] - 1.0)
        mean[k, relation] *= kept
        variance[k, relation] = 1.0 / (1.0 + np.maximum(known, 0.0))
    return seat


@compiled
def _handed_over(live, left, bank, places, firms, loans):  # type: ignore[no-untyped-def]
    """Return the loans in `live` whose officer has `left`, and the officer's row of each."""
    _, banks, seats = places
    rows, officer, n = np.empty_like(live), np.empty_like(live), 0
    for k in range(live.size):
        i = live[k]
        rows[n], officer[n] = i, (firms.run[i] * banks + bank) * seats + loans.seat[i]
        n += left[officer[n]]
    return rows[:n].copy(), officer[:n].copy()


def open_seats(market: Market, bank: int, full_time: Floats, labour: Any) -> None:
    """Set a bank's team to `full_time` (runs,) officers; new ones start without experience."""
    officers, mine = market.tables.officers, market.officers_at(bank)
    market.tables.books.full_time[market.books_at(bank)] = full_time
    wanted = market.officers.seat[mine] < teams.seats(full_time)[market.officers.run[mine]]
    new = mine[wanted & ~market.officers.active[mine]]
    officers.active[mine] = wanted
    if new.size and market.month >= market.first_month:
        officers_born(market, new, labour, experience=0.0)
        officers.effort[new] = officers.diligence[new]  # as in a seat without work so far
