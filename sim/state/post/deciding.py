"""Post decisions: who left, who was refused, and the loans that are paid out."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Decided, Floats, Rows
from sim.state.market import NEVER, NOBODY, Market
from sim.state.post.by_book import add_up
from sim.state.post.closing_loans import refresh_live


def decisions(market: Market, decided: Decided) -> None:
    """Close the requests decided this month and pay out what was taken."""
    tables, rows, lender = market.tables, decided.rows, decided.lender
    book = market.books_of(rows, lender)
    ledger, requests = tables.ledger, market.applications
    stayed = ~decided.walked
    add_up(ledger.walked_away, book[decided.walked], 1.0)
    add_up(ledger.decided, book[stayed], 1.0)
    add_up(ledger.days_to_decision, book[stayed], requests.days[rows[stayed]].astype(float))
    add_up(ledger.approved, book[decided.approved], 1.0)
    add_up(ledger.overridden, book[decided.overridden], 1.0)
    add_up(ledger.taken, book[decided.taken], 1.0)
    add_up(ledger.lost_to_rival, book[decided.rival], 1.0)
    add_up(ledger.file_cost, book, decided.cost)
    add_up(tables.officers.hours, market.officer_rows(rows, lender, requests.seat[rows]), decided.hours)
    tables.relations.listed_until[lender * market.slots + rows] = decided.listed_until

    own, lost = decided.taken, decided.rival
    _lend(market, rows[own], lender, decided.rate[own], decided.instalment[own], decided, own)
    _lend(
        market, rows[lost], market.rival, decided.rival_rate[lost],
        decided.rival_instalment[lost], decided, lost,
    )  # fmt: skip
    tables.loans.schedule[rows[own]] = decided.schedule[own]
    tables.loans.season_shift[rows[own]] = decided.season_shift[own]
    tables.loans.collateral[rows[own]] = decided.collateral[own]
    taken = book[own]
    add_up(ledger.booked_lying, taken[market.applications.lying[rows[own]]], 1.0)
    add_up(ledger.rate_volume, taken, decided.rate[own] * requests.amount[rows[own]])
    add_up(ledger.fund_fees, taken, decided.fee[own])
    good = market.firms.theta[rows[own]] > 0.0
    add_up(ledger.disbursed_good, taken[good], requests.amount[rows[own][good]])
    tables.applications.lender[rows] = NOBODY
    refresh_live(market)


def _lend(
    market: Market, rows: Rows, lender: int, rate: Floats, instalment: Floats,
    decided: Decided, which: np.ndarray,
) -> None:  # fmt: skip
    tables, amount = market.tables, market.applications.amount[rows]
    loans = tables.loans
    loans.lender[rows] = lender
    loans.seat[rows] = market.applications.seat[rows]
    loans.granted[rows] = market.month
    loans.principal[rows] = amount
    loans.balance[rows] = amount
    loans.rate[rows] = rate
    loans.instalment[rows] = instalment
    loans.remaining[rows] = market.applications.tenor[rows]
    loans.project_left[rows] = market.applications.tenor[rows]
    loans.project_income[rows] = decided.project_income[which]
    loans.pd[rows] = market.applications.pd[rows]
    for name in BLANK:
        getattr(loans, name)[rows] = 0
    loans.alarm[rows] = NEVER
    loans.recovery_due[rows] = NEVER
    tables.firms.cash[rows] += (1.0 - decided.invested) * amount
    book = market.books_of(rows, lender)
    add_up(tables.books.cash, book, -amount)
    add_up(tables.books.gross, book, amount)
    add_up(tables.ledger.disbursed, book, amount)


BLANK = (
    "schedule", "season_shift", "overdue_principal", "accrued", "suspended", "behind", "dpd",
    "grade", "defaulted", "npl_months", "rescheduled", "probation", "collateral", "recovery",
)  # fmt: skip
