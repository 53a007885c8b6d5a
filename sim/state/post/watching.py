"""Post inspections, warnings and what banks do about them."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Intervened, RolledOver, Watched
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up

FALSE_ALARMS = 0.05  # R: none; the bank accepts alarms on one in twenty healthy loans
THRESHOLD_STEP = 0.5  # A: instalments of cash by which a wholly wrong threshold moves in a month
REPUTATION = 1.0 / 6.0  # A: firms judge detection by about the last six months
PROBATION = 12  # R: months that a rescheduled loan stays non-performing


def warnings(market: Market, watched: Watched) -> None:
    """Post inspections and alarms; the alarm threshold moves toward 5 % false alarms."""
    tables, lender = market.tables, watched.lender
    book = market.books_of(watched.inspected, lender)
    live = market.books_of(market.live_at(lender), lender)
    size = tables.books.cash.size
    inspected = np.bincount(book, minlength=size)
    loans = np.bincount(live, minlength=size)
    mine = np.arange(lender, size, market.lenders)
    share = inspected[mine] / np.maximum(loans[mine], 1)
    detection = tables.books.detection
    detection[mine] += REPUTATION * (share - detection[mine])

    healthy = np.bincount(book[watched.healthy], minlength=size)[mine]
    false = np.bincount(book[watched.healthy & watched.alarmed], minlength=size)[mine]
    rate = np.where(healthy > 0, false / np.maximum(healthy, 1), FALSE_ALARMS)
    tables.books.threshold[mine] += THRESHOLD_STEP * (rate - FALSE_ALARMS)

    rows = np.union1d(watched.inspected[watched.alarmed], watched.checked[watched.misused])
    fresh = rows[market.loans.alarm[rows] == NEVER]
    tables.loans.alarm[fresh] = market.month
    first = rows[market.loans.first_alarm[rows] == NEVER]
    tables.loans.first_alarm[first] = market.month
    ledger = tables.ledger
    add_up(ledger.inspections, book, 1.0)
    raised = market.books_of(rows, lender)
    add_up(ledger.alarms, raised, 1.0)
    true = market.firms.diverting[rows] | (market.loans.dpd[rows] > 0)
    add_up(ledger.alarms_true, raised[true], 1.0)
    add_up(ledger.monitoring_cost, book, watched.cost)
    add_up(ledger.monitoring_cost, market.books_of(watched.checked, lender), watched.check_cost)
    _work(market, watched.inspected, lender, watched.hours)
    _work(market, watched.checked, lender, np.full(watched.checked.size, watched.check_hours))


def renewals(market: Market, rolled: RolledOver) -> None:
    """Post loans that were renewed instead of falling behind: their arrears are gone from sight."""
    loans, rows = market.tables.loans, rolled.rows
    loans.remaining[rows] += rolled.extra_months
    loans.instalment[rows] = rolled.instalment
    loans.overdue_principal[rows] = 0.0
    loans.behind[rows] = 0.0
    loans.dpd[rows] = 0
    add_up(market.tables.ledger.rolled_over, market.books_of(rows, rolled.lender), 1.0)


def interventions(market: Market, done: Intervened) -> None:
    """Post reschedules, calls and diversions stopped."""
    tables, rows = market.tables, done.rows
    loans, ledger = tables.loans, tables.ledger
    book = market.books_of(rows, done.lender)
    loans.alarm[rows] = NEVER
    tables.firms.diverting[rows[done.stopped]] = False
    new = rows[done.rescheduled]
    loans.remaining[new] += done.extra_months
    loans.instalment[new] = done.instalment[done.rescheduled]
    loans.overdue_principal[new] = 0.0
    loans.behind[new] = 0.0
    loans.dpd[new] = 0
    loans.rescheduled[new] = True
    loans.probation[new] = PROBATION
    loans.collateral[rows] += done.added
    loans.balance[rows] -= done.called
    tables.firms.cash[rows] -= done.called
    add_up(tables.books.cash, book, done.called)
    add_up(tables.books.gross_loans, book, -done.called)
    add_up(ledger.paid_by_firms, book, done.called)
    add_up(ledger.principal_repaid, book, done.called)
    add_up(ledger.interventions, book, 1.0)
    add_up(ledger.diversions_stopped, book[done.stopped], 1.0)
    add_up(ledger.monitoring_cost, book, done.cost)
    _work(market, rows, done.lender, done.hours)


def _work(market: Market, rows: np.ndarray, lender: int, hours: np.ndarray) -> None:
    seat = market.officer_rows(rows, lender, market.loans.seat[rows])
    add_up(market.tables.officers.hours, seat, hours)
