"""Post inspections, warnings and what banks do about them."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.credit.amortisation import level_instalment
from sim.state.cohorts import note_cash
from sim.state.facts import Intervened, RolledOver, Watched
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up

FALSE_ALARMS = 0.05  # R: none; the bank accepts alarms on one in twenty healthy loans
THRESHOLD_STEP = 0.5  # A: monthly change of the threshold per unit of excess false-alarm rate
REPUTATION = 1.0 / 6.0  # A: firms judge detection by about the last six months
PROBATION = 12  # R: months that a rescheduled loan stays non-performing


@compiled
def _raise_alarm(i, bank, month, lenders, firms, loans, ledger):  # type: ignore[no-untyped-def]
    if loans.alarm[i] == month:  # already raised this month
        return
    if loans.alarm[i] == NEVER:
        loans.alarm[i] = month
    if loans.first_alarm[i] == NEVER:
        loans.first_alarm[i] = month
    book = firms.run[i] * lenders + bank
    ledger.alarms[book] += 1.0
    ledger.alarms_true[book] += firms.diverting[i] or loans.dpd[i] > 0


@compiled
def _post_inspections(watched, live, month, places, firms, loans, officers, books, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    bank, size = watched.lender, books.cash.size
    inspected, healthy, false, lent = np.zeros((4, size))
    if watched.inspected.size:
        for k in range(live.size):
            lent[unsigned(firms.run[unsigned(live[k])] * lenders + bank)] += 1.0
    for k in range(watched.inspected.size):
        i = unsigned(watched.inspected[k])
        book = unsigned(firms.run[i] * lenders + bank)
        inspected[book] += 1.0
        healthy[book] += watched.healthy[k]
        false[book] += watched.healthy[k] and watched.alarmed[k]
        ledger.monitoring_cost[book] += watched.cost
        seat = unsigned((firms.run[i] * banks + bank) * seats + loans.seat[i])
        officers.hours[seat] += watched.hours
        if watched.alarmed[k]:
            _raise_alarm(i, bank, month, lenders, firms, loans, ledger)
    for k in range(watched.checked.size):
        i = unsigned(watched.checked[k])
        ledger.monitoring_cost[firms.run[i] * lenders + bank] += watched.check_cost
        seat = unsigned((firms.run[i] * banks + bank) * seats + loans.seat[i])
        officers.hours[seat] += watched.check_hours
        if watched.misused[k]:
            _raise_alarm(i, bank, month, lenders, firms, loans, ledger)
    for book in range(bank, size, lenders):
        ledger.inspections[book] += inspected[book]
        share = inspected[book] / max(lent[book], 1.0)
        books.detection[book] += REPUTATION * (share - books.detection[book])
        rate = false[book] / healthy[book] if healthy[book] > 0.0 else FALSE_ALARMS
        books.threshold[book] += THRESHOLD_STEP * (rate - FALSE_ALARMS)


def warnings(market: Market, watched: Watched) -> None:
    """Post inspections and alarms; the alarm threshold moves toward 5 % false alarms."""
    tables = market.tables
    _post_inspections(
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


def renewals(market: Market, rolled: RolledOver) -> None:
    """Post loans that were renewed instead of falling into arrears: they show no arrears."""
    loans, rows = market.tables.loans, rolled.rows
    if not rows.size:
        return
    loans.remaining[rows] += rolled.extra_months
    loans.instalment[rows] = level_instalment(
        loans.balance[rows], loans.rate[rows], loans.remaining[rows]
    )
    loans.overdue_principal[rows] = 0.0
    loans.behind[rows] = 0.0
    loans.dpd[rows] = 0
    loans.renewed[rows] = True
    add_up(market.tables.ledger.rolled_over, market.books_of(rows, rolled.lender), 1.0)
    if rolled.hidden.size:
        seat = market.officer_rows(rolled.hidden, rolled.lender, loans.seat[rolled.hidden])
        add_up(market.tables.officers.favours, seat, 1.0)
        add_up(market.tables.ledger.favours, market.books_of(rolled.hidden, rolled.lender), 1.0)


@compiled
def _intervene(done, month, places, firms, loans, relations, officers, books, ledger, cohorts):  # type: ignore[no-untyped-def]
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
            loans.remaining[i] += done.extra_months
            loans.instalment[i] = level_instalment(
                loans.balance[i], loans.rate[i], loans.remaining[i]
            )
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
        ledger.monitoring_cost[book] += done.cost
        seat = (firms.run[i] * banks + done.lender) * seats + loans.seat[i]
        officers.hours[seat] += done.hours


def interventions(market: Market, done: Intervened) -> None:
    """Post reschedules, calls and diversions stopped; firms remember a false alarm."""
    if not done.rows.size:
        return
    tables = market.tables
    _intervene(
        done,
        market.month,
        market.places,
        tables.firms,
        tables.loans,
        tables.relations,
        tables.officers,
        tables.books,
        tables.ledger,
        market.tables.cohorts.cash,
    )
