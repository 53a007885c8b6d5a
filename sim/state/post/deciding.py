"""Post decisions: who left, who was refused, and the loans that are paid out."""

from __future__ import annotations

from sim.state.facts import Decided, Granted
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
    add_up(ledger.file_cost, book, decided.cost)
    seat = market.officer_rows(rows, lender, requests.seat[rows])
    add_up(tables.officers.hours, seat, decided.hours)
    tables.relations.listed_until[lender * market.slots + rows] = decided.listed_until
    _pay_out(market, decided.own)
    _pay_out(market, decided.lost)

    own, lost = decided.own, decided.lost
    taken = market.books_of(own.rows, lender)
    add_up(ledger.taken, taken, 1.0)
    add_up(ledger.lost_to_rival, market.books_of(lost.rows, lender), 1.0)
    add_up(ledger.booked_lying, taken[requests.lying[own.rows]], 1.0)
    volume = own.rate * requests.amount[own.rows]
    add_up(ledger.rate_volume, taken, volume)
    add_up(ledger.rate_squared_volume, taken, own.rate * volume)
    good = market.firms.theta[own.rows] > 0.0
    add_up(ledger.disbursed_good, taken[good], requests.amount[own.rows[good]])
    tables.applications.lender[rows] = NOBODY
    refresh_live(market)


def _pay_out(market: Market, granted: Granted) -> None:
    """Open new loans: part of the money goes into the project, the rest stays in cash."""
    tables, rows = market.tables, granted.rows
    requests, loans = market.applications, tables.loans
    amount, tenor = requests.amount[rows], requests.tenor[rows]
    loans.lender[rows] = granted.lender
    loans.asked[rows] = requests.lender[rows]
    loans.seat[rows] = requests.seat[rows]
    loans.granted[rows] = market.month
    loans.principal[rows] = amount
    loans.balance[rows] = amount
    loans.rate[rows] = granted.rate
    loans.schedule[rows] = granted.schedule
    loans.season_shift[rows] = granted.season_shift
    loans.instalment[rows] = granted.instalment
    loans.collateral[rows] = granted.collateral
    loans.remaining[rows] = tenor
    loans.project_left[rows] = tenor
    loans.project_income[rows] = granted.project_income
    loans.pd[rows] = requests.pd[rows]
    for name in BLANK:
        getattr(loans, name)[rows] = 0
    loans.alarm[rows] = NEVER
    loans.first_alarm[rows] = NEVER
    loans.default_month[rows] = NEVER
    loans.recovery_due[rows] = NEVER
    tables.firms.cash[rows] += (1.0 - granted.invested) * amount
    book = market.books_of(rows, granted.lender)
    add_up(tables.books.cash, book, -amount)
    add_up(tables.books.gross_loans, book, amount)
    add_up(tables.ledger.disbursed, book, amount)
    add_up(tables.ledger.fund_fees, book, granted.fund_fee)


BLANK = (
    "overdue_principal", "accrued", "suspended", "behind", "dpd", "grade", "defaulted",
    "npl_months", "rescheduled", "probation", "recovery",
)  # fmt: skip
