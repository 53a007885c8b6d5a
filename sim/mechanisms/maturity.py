"""Maturity: loans that end in one payment are renewed without it, repaid to be lent again, or due.

A renewal without repayment shows on both sides of the bank's books, and no money moves between bank
and firm.  Who repays first leaves the book, with a bridge loan where its cash is short, and is lent
to again some days later.  Either way the firm puts the money to work again as far as its cash
allows.  Which loan takes which way, `sim.model.renewing` finds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.months import MONTH_DAYS
from sim.core.random_numbers import uniforms_at
from sim.credit.amortisation import awaited_instalment, level_instalment
from sim.state.books import BOOKS
from sim.state.bridges import BRIDGES
from sim.state.cohorts import COHORTS, note_cash
from sim.state.economy import ECONOMY
from sim.state.firms import FIRMS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up
from sim.state.post.deciding import blank
from sim.state.post.earning import wait_for_customers
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose
from sim.state.renewals import RENEWALS, Answer, Grant

NO_ANSWER, WITHDRAWN = int(Answer.NONE), int(Answer.WITHDRAWN)
RENEWAL, REFINANCING = int(Grant.RENEWAL), int(Grant.REFINANCING)


class PutToWork(NamedTuple):
    """What firms put a renewed loan to, as far as their cash allows."""

    invested: float  # share of the loan, at most
    kept: float  # months of costs that a firm keeps in cash
    price: float  # of a bridge loan, a day, that is repaid from the loan


class Matured(NamedTuple):
    """What becomes of one bank's loans that fall due in one payment this month."""

    lender: int
    withdrawn: Rows  # (w,) renewals withdrawn
    unable: Rows  # (u,) loans that cannot be paid in full, and are not renewed
    awaiting: Rows  # (a,) repaid now and paid out again later
    comes: Rows  # (a,) month of that
    bridged: Floats  # (a,) CNY lent by a bridge lender to repay
    days: float  # that it is lent for
    extended: Rows  # (e,) renewed without repayment
    difficult: Bools  # (e,) their borrower is in difficulty
    yields: Floats  # (e,) 1/year on what is put to work
    fee: Floats  # (e,) CNY to the guarantee fund
    work: PutToWork
    cost: float  # CNY for each loan extended
    observation: int  # months


class Renewed(NamedTuple):
    """Loans of one bank that are paid out again, some days after they were repaid."""

    lender: int
    rows: Rows  # (n,)
    difficult: Bools  # (n,)
    yields: Floats  # (n,) 1/year on what is put to work
    fee: Floats  # (n,) CNY
    withdrawn: Rows  # (w,) not paid out although the firm has repaid
    work: PutToWork
    observation: int  # months


def days_into_month(market: Market, rows: Rows) -> Floats:
    """Return the day of the month on which each loan falls due, (n,), 0 to 30."""
    drawn = uniforms_at(market.firms.key, rows, salt(Purpose.MATURITY_DAY, market.month))
    return np.asarray(MONTH_DAYS * drawn)


@compiled
def _lend_again(i, b, month, amount, kind, fee, table, requests, firms, loans, books, ledger):  # type: ignore[no-untyped-def]
    """Give the loan in slot `i` the terms of the renewal, and count it."""
    if table.times[i] == 0:
        table.first[i] = loans.granted[i]
    table.times[i] += 1
    table.grant[i] = kind
    table.answer[i] = NO_ANSWER
    loans.granted[i] = month
    loans.seat[i] = requests.seat[i]
    loans.pd[i] = requests.pd[i]
    loans.rate[i] = table.rate[i]
    loans.principal[i] = amount
    loans.instalment[i] = level_instalment(amount, table.rate[i], requests.tenor[i])
    volume = table.rate[i] * amount
    ledger.renewals[b] += 1.0
    ledger.disbursed[b] += amount
    ledger.rate_volume[b] += volume
    ledger.rate_squared_volume[b] += table.rate[i] * volume
    if firms.theta[i] > 0.0:
        ledger.disbursed_good[b] += amount
    ledger.fund_fees[b] += fee
    books.fund_fees_so_far[b] += fee


@compiled
def _put_to_work(i, spare, amount, yearly, term, work, firms, loans, economy):  # type: ignore[no-untyped-def]
    """Put a renewed loan to work again, but no more than the cash to `spare`, CNY."""
    in_use = min(work.invested * amount, max(spare - work.kept * firms.costs[i], 0.0))
    firms.cash[i] -= in_use
    economy.invested[firms.run[i]] += in_use
    wait = wait_for_customers(firms.paid_after[i], term)
    loans.project_left[i] = wait - term if wait > 0 else term
    loans.project_income[i] = awaited_instalment(in_use, yearly, term, wait)


@compiled
def _extend(done, month, lenders, table, requests, firms, loans, books, ledger, economy, cash):  # type: ignore[no-untyped-def]
    for k in range(done.extended.size):
        i = unsigned(done.extended[k])
        b = unsigned(firms.run[i] * lenders + done.lender)
        amount, fee = loans.balance[i], done.fee[k]
        note_cash(cash, month, loans.granted[i], b, amount, 0)
        ledger.paid_by_firms[b] += amount
        ledger.principal_repaid[b] += amount
        _lend_again(
            i, b, month, amount, REFINANCING, fee, table, requests, firms, loans, books, ledger
        )
        note_cash(cash, month, month, b, -amount - fee, 0)
        ledger.refinanced[b] += 1.0
        ledger.file_cost[b] += done.cost
        term = np.int64(requests.tenor[i])
        loans.remaining[i] = term + 1  # this month's interest is still of the old loan
        firms.diverting[i] = False  # as for any new loan, the owner may be tempted again
        loans.diverted[i] = NEVER
        if done.difficult[k]:
            table.observed[i] = done.observation
        _put_to_work(
            i, firms.cash[i], amount, done.yields[k], term, done.work, firms, loans, economy
        )


@posting(writes=(FIRMS, LOANS, BOOKS, LEDGER, ECONOMY, COHORTS, RENEWALS, BRIDGES))
def post_matured(to: Written, done: Matured) -> None:
    """Post renewals without repayment, bridge loans to those who repay, and who can do neither."""
    market, month, table = to.market, to.market.month, to.table(RENEWALS)
    firms, ledger, bridges = to.table(FIRMS), to.table(LEDGER), to.table(BRIDGES)
    economy, rows = to.table(ECONOMY), done.awaiting
    if done.extended.size:
        _extend(
            done, month, market.lenders, table, market.requests[done.lender], firms,
            to.table(LOANS), to.table(BOOKS), ledger, economy, to.table(COHORTS).cash,
        )  # fmt: skip
    table.answer[done.withdrawn] = WITHDRAWN
    table.not_renewed[done.unable] = True
    add_up(ledger.renewals_withdrawn, market.books_of(done.withdrawn, done.lender), 1.0)
    add_up(
        ledger.bridge_loans, market.books_of(rows, done.lender), (done.bridged > 0.0).astype(float)
    )
    firms.cash[rows] += done.bridged
    bridges.owed[rows] += done.bridged
    bridges.since[rows] = month
    bridges.days[rows] = done.days
    bridges.awaits[rows] = True
    bridges.comes[rows] = done.comes
    bridges.bank[rows] = done.lender
    add_up(economy.bridge_lent, market.firms.run[rows].astype(np.int64), done.bridged)


@compiled
def _reopen(  # type: ignore[no-untyped-def]
    done, month, lenders, table, bridges, requests, firms, loans, books, ledger, economy, cash
):
    for k in range(done.rows.size):
        i = unsigned(done.rows[k])
        b = unsigned(firms.run[i] * lenders + done.lender)
        amount, fee = requests.amount[i], done.fee[k]
        _lend_again(i, b, month, amount, RENEWAL, fee, table, requests, firms, loans, books, ledger)
        note_cash(cash, month, month, b, -amount - fee, 0)
        term = np.int64(requests.tenor[i])
        loans.lender[i] = done.lender
        loans.remaining[i] = term
        loans.balance[i] = amount
        books.cash[b] -= amount
        books.gross_loans[b] += amount
        firms.cash[i] += amount
        table.not_renewed[i] = False
        table.observed[i] = done.observation if done.difficult[k] else 0
        spare = firms.cash[i] - bridges.owed[i] * (1.0 + done.work.price * bridges.days[i])
        _put_to_work(i, spare, amount, done.yields[k], term, done.work, firms, loans, economy)


@posting(writes=(FIRMS, LOANS, BOOKS, LEDGER, ECONOMY, COHORTS, RENEWALS, BRIDGES))
def post_renewed(to: Written, done: Renewed) -> None:
    """Pay out the loans of those who have repaid; a withdrawn one leaves them without."""
    market, bridges, ledger = to.market, to.table(BRIDGES), to.table(LEDGER)
    bridges.awaits[done.rows] = False
    bridges.awaits[done.withdrawn] = False
    add_up(ledger.renewals_withdrawn, market.books_of(done.withdrawn, done.lender), 1.0)
    if not done.rows.size:
        return
    loans = to.table(LOANS)
    blank(done.rows, loans)
    _reopen(
        done, market.month, market.lenders, to.table(RENEWALS), bridges,
        market.requests[done.lender], to.table(FIRMS), loans, to.table(BOOKS), ledger,
        to.table(ECONOMY), to.table(COHORTS).cash,
    )  # fmt: skip
    to.refresh_live()
