"""Renewals of loans that end in one payment: asked for, answered, frozen, observed, not granted.

A firm asks two months before maturity, and the bank answers in the month after, so the answer is
known when the loan falls due.  A freeze withdraws answers that are not yet used.  Who asks and what
is answered, `sim.model.renewing` finds; what becomes of the loan at maturity is in `maturity`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.draws import salt
from sim.core.params import param
from sim.core.random_numbers import uniforms_at
from sim.mechanisms.base import MechanismParams
from sim.state.applications import APPLICATIONS
from sim.state.facts import Investigated
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import Market
from sim.state.officers import OFFICERS
from sim.state.open_requests import request_of
from sim.state.post.by_book import add_up
from sim.state.post.investigating import investigations
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose
from sim.state.relations import RELATIONS
from sim.state.renewals import RENEWALS, Answer


class Renewing(MechanismParams):
    """How firms and officials behave when short loans fall due."""

    ask_below: float = param(
        1.5, unit="ratio", ge=0, le=100, source="A: no published value; swept",
        meaning="a firm asks for a renewal two months before maturity if its cash is below so many"
        " times the balance",
    )  # fmt: skip
    kept_back: float = param(
        1.0, unit="months of costs", ge=0, le=24, source="A: as the cash below which it is short",
        meaning="cash that a firm keeps when it puts a renewed loan to work again",
    )  # fmt: skip
    observation: int = param(
        12, unit="months", ge=0, le=120, source="A: one year, as the measures of 2023 for changed"
        " contracts; their articles were not read again",
        meaning="months for which a loan renewed for a firm in difficulty stands at special mention"
        " or worse",
    )  # fmt: skip
    freeze_from: int = param(
        0, unit="month", ge=0, le=1200, source="A: switch; 0: never",
        meaning="month from which renewals granted are withdrawn before they are used",
    )  # fmt: skip
    freeze_months: int = param(
        12, unit="months", ge=0, le=1200, source="A: a year; swept",
        meaning="months that such a freeze lasts",
    )  # fmt: skip
    freeze_share: float = param(
        1.0, unit="share", ge=0, le=1, source="A: swept",
        meaning="share of the renewals due in a month of the freeze that are withdrawn",
    )  # fmt: skip


class AskedFor(NamedTuple):
    """Renewals that borrowers of one bank ask for."""

    lender: int
    rows: Rows  # (n,)
    stated_turnover: Floats  # (n,) CNY/year
    lying: Bools  # (n,)


class FilesRead(NamedTuple):
    """What one bank learned about those who ask for a renewal."""

    found: Investigated


class Answered(NamedTuple):
    """How one bank answers those who asked the month before."""

    lender: int
    rows: Rows  # (n,)
    yes: Bools  # (n,)
    rate: Floats  # (n,) 1/year
    cost: Floats  # (n,) CNY
    hours: float  # each
    listed_until: int  # month, for those whose statements were found to be false


class Observed(NamedTuple):
    """Loans at special mention or worse because their borrower was in difficulty when renewed."""

    rows: Rows  # (n,)


class NotRenewed(NamedTuple):
    """Loans that default this month and could not be paid at maturity, nor were they renewed."""

    rows: Rows  # (n,)


def frozen(market: Market, rows: Rows, rule: Renewing) -> Bools:
    """Return which renewals a freeze would withdraw this month, (n,)."""
    since = market.month - rule.freeze_from
    if rule.freeze_from == 0 or not 0 <= since < rule.freeze_months:
        return np.zeros(rows.size, bool)
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.RENEWAL_FROZEN, market.month))
    return np.asarray(draws < rule.freeze_share)


@posting(writes=(APPLICATIONS, LEDGER, RENEWALS))
def post_asked(to: Written, asked: AskedFor) -> None:
    """Open the files of those who ask: amount and term as they are, statements as made now."""
    market, requests, rows = to.market, to.table(APPLICATIONS), asked.rows
    if not rows.size:
        return
    at = np.array([request_of(i, asked.lender, market.slots, requests.lender) for i in rows])
    requests.made[at] = market.month
    requests.amount[at] = market.loans.balance[rows]
    requests.stated_turnover[at] = asked.stated_turnover
    requests.lying[at] = asked.lying
    requests.caught[at] = False
    requests.reviewed[at] = False
    to.table(RENEWALS).answer[rows] = Answer.ASKED
    add_up(to.table(LEDGER).renewals_asked, market.books_of(rows, asked.lender), 1.0)


def post_files(market: Market, files: FilesRead) -> None:
    """Put on file what was found about those who ask, and charge its cost."""
    investigations(market, files.found)


@posting(writes=(RENEWALS, RELATIONS, OFFICERS, LEDGER))
def post_answers(to: Written, answered: Answered) -> None:
    """Post answers, their cost and hours; who was found to lie is listed."""
    market, rows = to.market, answered.rows
    if not rows.size:
        return
    requests, ledger, table = market.requests[answered.lender], to.table(LEDGER), to.table(RENEWALS)
    books = market.books_of(rows, answered.lender)
    table.answer[rows] = np.where(answered.yes, Answer.GRANTED, Answer.REFUSED)
    table.rate[rows] = answered.rate
    add_up(ledger.renewals_granted, books, answered.yes.astype(float))
    add_up(ledger.file_cost, books, answered.cost)
    seats = market.officer_rows(rows, answered.lender, requests.seat[rows])
    np.add.at(to.table(OFFICERS).hours, seats, answered.hours)
    caught = answered.lender * market.slots + rows[requests.caught[rows]]
    to.table(RELATIONS).listed_until[caught] = answered.listed_until


@posting(writes=(LOANS, RENEWALS))
def post_observed(to: Written, observed: Observed) -> None:
    """Class loans under observation as special mention at best, and count the month."""
    loans = to.table(LOANS)
    loans.grade[observed.rows] = np.maximum(loans.grade[observed.rows], 1)
    to.table(RENEWALS).observed[observed.rows] -= 1


@posting(writes=(LEDGER,))
def post_not_renewed(to: Written, failed: NotRenewed) -> None:
    """Count the defaults of those who could not pay at maturity and were not renewed."""
    market, rows = to.market, failed.rows
    book = market.firms.run[rows] * np.int64(market.lenders) + market.loans.lender[rows]
    add_up(to.table(LEDGER).defaults_not_renewed, book, 1.0)
