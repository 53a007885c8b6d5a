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
def _tally(watched, live, run, lenders, books):  # type: ignore[no-untyped-def]
    """Return, per book, loans inspected, healthy ones, those wrongly alarmed, and live loans."""
    inspected, healthy = np.zeros(books), np.zeros(books)
    false, loans = np.zeros(books), np.zeros(books)
    for k in range(watched.inspected.size):
        book = run[watched.inspected[k]] * lenders + watched.lender
        inspected[book] += 1.0
        healthy[book] += watched.healthy[k]
        false[book] += watched.healthy[k] and watched.alarmed[k]
    for k in range(live.size):
        loans[run[live[k]] * lenders + watched.lender] += 1.0
    return inspected, healthy, false, loans


@compiled
def _raise_alarms(rows, bank, month, lenders, firms, loans, ledger):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        i = rows[k]
        if loans.alarm[i] == NEVER:
            loans.alarm[i] = month
        if loans.first_alarm[i] == NEVER:
            loans.first_alarm[i] = month
        book = firms.run[i] * lenders + bank
        ledger.alarms[book] += 1.0
        ledger.alarms_true[book] += firms.diverting[i] or loans.dpd[i] > 0


@compiled
def _charge(rows, bank, cost, hours, places, run, seat, spent, worked):  # type: ignore[no-untyped-def]
    """Charge `cost` (n,) CNY to the books of `rows` and `hours` (n,) to their officers."""
    lenders, banks, seats = places
    for k in range(rows.size):
        i = rows[k]
        spent[run[i] * lenders + bank] += cost[k]
        worked[(run[i] * banks + bank) * seats + seat[i]] += hours[k]


def warnings(market: Market, watched: Watched) -> None:
    """Post inspections and alarms; the alarm threshold moves toward 5 % false alarms."""
    tables, bank, run = market.tables, watched.lender, market.firms.run
    mine, books, ledger = market.books_at(bank), tables.books, tables.ledger
    inspected, healthy, false, loans = _tally(
        watched, market.live_at(bank), run, market.lenders, books.cash.size
    )
    ledger.inspections[mine] += inspected[mine]
    share = inspected[mine] / np.maximum(loans[mine], 1.0)
    books.detection[mine] += REPUTATION * (share - books.detection[mine])
    rate = np.where(healthy > 0.0, false / np.maximum(healthy, 1.0), FALSE_ALARMS)[mine]
    books.threshold[mine] += THRESHOLD_STEP * (rate - FALSE_ALARMS)

    alarmed, misused = watched.inspected[watched.alarmed], watched.checked[watched.misused]
    for rows in (alarmed, misused):
        standing = market.loans.alarm[rows] == market.month  # raised just now: once is enough
        _raise_alarms(
            rows[~standing], bank, market.month, market.lenders, tables.firms, tables.loans, ledger
        )
    looks = (
        (watched.inspected, watched.cost, watched.hours),
        (
            watched.checked,
            np.full(watched.checked.size, watched.check_cost),
            np.full(watched.checked.size, watched.check_hours),
        ),
    )
    seat, worked = market.loans.seat, tables.officers.hours
    for rows, cost, hours in looks:
        _charge(
            rows, bank, cost, hours, market.places, run, seat, ledger.monitoring_cost, worked
        )


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
