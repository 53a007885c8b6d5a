"""Open a bank, its growth plan, and each month with an empty ledger."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.face import block_of
from sim.state.economy import FIRM_FLOWS
from sim.state.firms_view import nobody_checked
from sim.state.market import Market
from sim.state.post.entering import files_emptied, officers_born


def open_month(market: Market, month: int) -> None:
    """Set the month and clear the ledger, but for what the month before leaves to compare with."""
    market.month = month
    market.tables.cohorts.reach(month)
    npl_loss = market.ledger.npl_loss.copy()
    block_of(market.tables.ledger)[:] = 0.0
    market.tables.ledger.npl_loss_before[:] = npl_loss
    for flow in FIRM_FLOWS:
        getattr(market.tables.economy, flow)[:] = 0.0


def bank_founded(
    market: Market, lender: int, culture: float, days: float, unknown_pd: float, cost: float
) -> None:
    """Set a bank's initial culture and mean PD, and the days to decision that firms expect.

    `cost`, CNY a year per loan, is the bank's own cost that its rates carry.
    """
    market.tables.books.cost_in_price[market.books_at(lender)] = cost
    market.tables.books.usual_days[market.books_at(lender)] = days
    market.tables.books.culture[market.books_at(lender)] = culture
    market.tables.books.mean_pd[market.books_at(lender)] = unknown_pd


def bank_entered(
    market: Market,
    lender: int,
    days: float,
    unknown_pd: float,
    cost: float,
    firms: Any,
    labour: Any,
) -> None:
    """Let a bank enter the product with nothing learnt; its seats are open.

    Nothing is on file or in its books' memory; its rules are on paper, a culture of 0; its officers
    have no experience of such firms; and firms know of nobody whom it has checked.
    """
    bank_founded(market, lender, 0.0, days, unknown_pd, cost)
    books, mine = market.tables.books, market.books_at(lender)
    for name in ("usual_rate", "spent_per_loan", "pressure"):
        getattr(books, name)[mine] = 0.0
    nobody_checked(books, mine, firms)
    files_emptied(market, lender, np.arange(market.slots))
    officers, seats = market.tables.officers, market.officers_at(lender)
    people = seats[officers.active[seats]]
    officers_born(market, people, labour, experience=0.0)
    officers.effort[people] = officers.diligence[people]  # as in a seat without work so far


def volume_observed(market: Market, lender: int, months: int) -> None:
    """Count the loans of the month that ended in their mean over `months` months' ends."""
    base, mine = market.tables.books.volume_base, market.books_at(lender)
    base[mine] += (market.books.gross_loans[mine] - base[mine]) / months


def growth_plan_started(market: Market, lender: int, known: bool) -> None:
    """Record the usual rate, and from which loans the growth of a bank is measured.

    They are their mean where that is `known`, else those that the bank has now.
    """
    books, mine = market.tables.books, market.books_at(lender)
    books.rate_at_start[:] = market.books.usual_rate
    if not known:
        books.volume_base[mine] = market.books.gross_loans[mine]
