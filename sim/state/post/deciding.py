"""Post decisions: applicants who left, approvals, refusals, and the loans that are paid out."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.compiled import compiled
from sim.core.indexing import carry_over, fill, put, unsigned
from sim.credit.amortisation import awaited_instalment, level_instalment
from sim.state.cohorts import note_cash
from sim.state.facts import Decided, Granted
from sim.state.loans import LOANS
from sim.state.market import NEVER, NO_LENDER, Market
from sim.state.post.earning import wait_for_customers
from sim.state.post.live_loans import refresh_live


@compiled
def _close_requests(decided, places, firms, requests, relations, officers, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    for k in range(decided.rows.size):
        i = unsigned(decided.rows[k])
        book = unsigned(firms.run[i] * lenders + decided.lender)
        if decided.walked[k]:
            ledger.walked_away[book] += 1.0
        else:
            ledger.decided[book] += 1.0
            ledger.days_to_decision[book] += requests.days[i]
        ledger.approved[book] += decided.approved[k]
        ledger.overridden[book] += decided.overridden[k]
        ledger.file_cost[book] += decided.cost[k]
        seat = unsigned((firms.run[i] * banks + decided.lender) * seats + requests.seat[i])
        officers.hours[seat] += decided.hours
        if requests.caught[i]:
            relation = decided.lender * firms.key.size + decided.rows[k]
            relations.listed_until[relation] = decided.listed_until
    for k in range(decided.lost.rows.size):
        book = firms.run[decided.lost.rows[k]] * lenders + decided.lender
        ledger.lost_to_rival[book] += 1.0
    _count_taken(decided.own, lenders, firms, requests, ledger)


@compiled
def _count_taken(granted, lenders, firms, requests, ledger):  # type: ignore[no-untyped-def]
    for k in range(granted.rows.size):
        i = unsigned(granted.rows[k])
        book = unsigned(firms.run[i] * lenders + granted.lender)
        volume = granted.rate[k] * granted.amount[k]
        ledger.taken[book] += 1.0
        ledger.booked_lying[book] += requests.lying[i]
        ledger.rate_volume[book] += volume
        ledger.rate_squared_volume[book] += granted.rate[k] * volume
        if firms.theta[i] > 0.0:
            ledger.disbursed_good[book] += granted.amount[k]


def decisions(market: Market, decided: Decided) -> None:
    """Close the requests decided this month and pay out what was taken."""
    tables, requests = market.tables, market.requests_written[decided.lender]
    _close_requests(
        decided,
        market.places,
        tables.firms,
        requests,
        tables.relations,
        tables.officers,
        tables.ledger,
    )
    pay_out(market, decided.own, requests)
    pay_out(market, decided.lost, requests)
    requests.lender[decided.rows] = NO_LENDER
    refresh_live(market)


@compiled
def _open_loans(granted, month, firms, requests, loans):  # type: ignore[no-untyped-def]
    rows = granted.rows
    fill(loans.lender, rows, granted.lender)
    carry_over(loans.asked, requests.lender, rows)
    carry_over(loans.seat, requests.seat, rows)
    fill(loans.granted, rows, month)
    put(loans.principal, rows, granted.amount)
    put(loans.balance, rows, granted.amount)
    carry_over(loans.remaining, requests.tenor, rows)
    carry_over(loans.pd, requests.pd, rows)
    put(loans.rate, rows, granted.rate)
    put(loans.schedule, rows, granted.schedule)
    put(loans.season_shift, rows, granted.season_shift)
    put(loans.collateral, rows, granted.collateral)
    put(loans.security, rows, granted.security)
    put(loans.guaranteed, rows, granted.guaranteed)
    fill(loans.fund_share, rows, granted.fund_share)
    for k in range(rows.size):
        i = unsigned(rows[k])
        amount, term = granted.amount[k], requests.tenor[i]
        loans.instalment[i] = level_instalment(amount, granted.rate[k], term)
        wait = wait_for_customers(firms.paid_after[i], term)
        loans.project_left[i] = wait - term if wait > 0 else term
        in_use = granted.invested * amount
        loans.project_income[i] = awaited_instalment(in_use, granted.project_yield[k], term, wait)
    blank(rows, loans)


@compiled
def blank(rows, loans):  # type: ignore[no-untyped-def]
    """Clear what the previous loan in each of these slots, (n,), has left."""
    fill(loans.overdue_principal, rows, 0.0)
    fill(loans.accrued, rows, 0.0)
    fill(loans.suspended, rows, 0.0)
    fill(loans.behind, rows, 0.0)
    fill(loans.dpd, rows, 0)
    fill(loans.grade, rows, 0)
    fill(loans.defaulted, rows, False)
    fill(loans.impaired, rows, False)
    fill(loans.npl_months, rows, 0)
    fill(loans.rescheduled, rows, False)
    fill(loans.probation, rows, 0)
    fill(loans.renewed, rows, False)
    fill(loans.recovery, rows, 0.0)
    fill(loans.diverted, rows, NEVER)
    fill(loans.proven, rows, NEVER)
    fill(loans.alarm, rows, NEVER)
    fill(loans.first_alarm, rows, NEVER)
    fill(loans.founded, rows, False)
    fill(loans.answered, rows, NEVER)
    fill(loans.trouble_answered, rows, NEVER)
    fill(loans.evidence, rows, 0)
    fill(loans.unreported, rows, 0)
    fill(loans.ruled_out, rows, np.inf)
    fill(loans.ruled_in, rows, -np.inf)
    fill(loans.eased, rows, False)
    fill(loans.default_month, rows, NEVER)
    fill(loans.recovery_due, rows, NEVER)


@compiled
def _book_loans(granted, month, lenders, firms, books, ledger, economy, cohorts):  # type: ignore[no-untyped-def]
    for k in range(granted.rows.size):
        i, amount = unsigned(granted.rows[k]), granted.amount[k]
        firms.cash[i] += (1.0 - granted.invested) * amount
        economy.invested[firms.run[i]] += granted.invested * amount
        book = unsigned(firms.run[i] * lenders + granted.lender)
        books.cash[book] -= amount
        books.gross_loans[book] += amount
        ledger.disbursed[book] += amount
        note_cash(cohorts, month, month, book, -amount - granted.fund_fee[k], 0)
        ledger.fund_fees[book] += granted.fund_fee[k]
        books.fund_fees_so_far[book] += granted.fund_fee[k]


@compiled
def _post(granted, month, lenders, firms, requests, loans, books, ledger, economy, cohorts):  # type: ignore[no-untyped-def]
    _open_loans(granted, month, firms, requests, loans)
    _book_loans(granted, month, lenders, firms, books, ledger, economy, cohorts)


def pay_out(market: Market, granted: Granted, requests: Any) -> None:
    """Open new loans: part of the money goes into the project, the rest stays in the firm's cash.

    `requests` are those of the bank that the firms applied to.
    """
    if not granted.rows.size:
        return
    tables = market.tables
    for schema in market.own_over(LOANS):
        for column in market.writable(schema):
            for part in column.reshape(-1, market.slots):
                fill(part, granted.rows, 0)
    _post(
        granted,
        market.month,
        market.lenders,
        tables.firms,
        requests,
        tables.loans,
        tables.books,
        tables.ledger,
        tables.economy,
        tables.cohorts.cash,
    )
