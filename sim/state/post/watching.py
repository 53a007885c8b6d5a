"""Post inspections, warnings and what banks do about them."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.state.cohorts import note_cash
from sim.state.facts import Intervened, RolledOver, Watched
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up

FALSE_ALARMS = 0.05  # R: none; the bank accepts alarms on one in twenty healthy loans
THRESHOLD_STEP = 0.5  # A: instalments of cash by which a wholly wrong threshold moves in a month
REPUTATION = 1.0 / 6.0  # A: firms judge detection by about the last six months
PROBATION = 12  # R: months that a rescheduled loan stays non-performing


@compiled
def _raise_alarm(i, book, month, firms, loans, ledger):  # type: ignore[no-untyped-def]
    if loans.alarm[i] == NEVER:
        loans.alarm[i] = month
    if loans.first_alarm[i] == NEVER:
        loans.first_alarm[i] = month
    ledger.alarms[book] += 1.0
    if firms.diverting[i] or loans.dpd[i] > 0:
        ledger.alarms_true[book] += 1.0


@compiled
def _raise_alarms(watched, live, month, places, firms, loans, officers, books, ledger):  # type: ignore[no-untyped-def]
    """Post alarms and work; return inspections, healthy and wrongly alarmed loans, live loans."""
    lenders, banks, seats = places
    bank = watched.lender
    inspected = np.zeros(books.cash.size)
    healthy = np.zeros(books.cash.size)
    false = np.zeros(books.cash.size)
    for k in range(watched.inspected.size):
        i = watched.inspected[k]
        book = firms.run[i] * lenders + bank
        inspected[book] += 1.0
        healthy[book] += watched.healthy[k]
        false[book] += watched.healthy[k] and watched.alarmed[k]
        if watched.alarmed[k]:
            _raise_alarm(i, book, month, firms, loans, ledger)
        ledger.monitoring_cost[book] += watched.cost[k]
        officers.hours[(firms.run[i] * banks + bank) * seats + loans.seat[i]] += watched.hours[k]
    for k in range(watched.checked.size):
        i = watched.checked[k]
        book = firms.run[i] * lenders + bank
        if watched.misused[k] and loans.alarm[i] != month:  # an alarm of this month stands already
            _raise_alarm(i, book, month, firms, loans, ledger)
        ledger.monitoring_cost[book] += watched.check_cost
        officers.hours[(firms.run[i] * banks + bank) * seats + loans.seat[i]] += watched.check_hours
    size = np.zeros(books.cash.size)
    for k in range(live.size):
        size[firms.run[live[k]] * lenders + bank] += 1.0
    return inspected, healthy, false, size


def warnings(market: Market, watched: Watched) -> None:
    """Post inspections and alarms; the alarm threshold moves toward 5 % false alarms."""
    tables, mine = market.tables, market.books_at(watched.lender)
    inspected, healthy, false, loans = _raise_alarms(
        watched,
        market.live_at(watched.lender),
        market.month,
        market.places,
        tables.firms,
        tables.loans,
        tables.officers,
        tables.books,
        tables.ledger,
    )
    tables.ledger.inspections[mine] += inspected[mine]
    share = inspected[mine] / np.maximum(loans[mine], 1.0)
    detection = tables.books.detection
    detection[mine] += REPUTATION * (share - detection[mine])
    rate = np.where(healthy > 0.0, false / np.maximum(healthy, 1.0), FALSE_ALARMS)[mine]
    tables.books.threshold[mine] += THRESHOLD_STEP * (rate - FALSE_ALARMS)


def renewals(market: Market, rolled: RolledOver) -> None:
    """Post loans that were renewed instead of falling behind: their arrears are gone from sight."""
    loans, rows = market.tables.loans, rolled.rows
    loans.remaining[rows] += rolled.extra_months
    loans.instalment[rows] = rolled.instalment
    loans.overdue_principal[rows] = 0.0
    loans.behind[rows] = 0.0
    loans.dpd[rows] = 0
    loans.renewed[rows] = True
    add_up(market.tables.ledger.rolled_over, market.books_of(rows, rolled.lender), 1.0)


@compiled
def _step_in(done, month, places, firms, loans, relations, officers, books, ledger, cohorts):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(done.rows.size):
        i = done.rows[k]
        book = firms.run[i] * lenders + done.lender
        if not firms.diverting[i] and loans.dpd[i] == 0:
            relations.slights[done.lender * firms.key.size + i] += 1
        loans.alarm[i] = NEVER
        if done.stopped[k]:
            firms.diverting[i] = False
            ledger.diversions_stopped[book] += 1.0
        if done.rescheduled[k]:
            loans.remaining[i] += done.extra_months
            loans.instalment[i] = done.instalment[k]
            loans.overdue_principal[i] = 0.0
            loans.behind[i] = 0.0
            loans.dpd[i] = 0
            loans.rescheduled[i] = True
            loans.probation[i] = PROBATION
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
        ledger.monitoring_cost[book] += done.cost[k]
        seat = (firms.run[i] * banks + done.lender) * seats + loans.seat[i]
        officers.hours[seat] += done.hours[k]


def interventions(market: Market, done: Intervened) -> None:
    """Post reschedules, calls and diversions stopped; firms remember a false alarm."""
    tables = market.tables
    _step_in(
        done,
        market.month,
        market.places,
        tables.firms,
        tables.loans,
        tables.relations,
        tables.officers,
        tables.books,
        tables.ledger,
        market.cohorts.cash,
    )
