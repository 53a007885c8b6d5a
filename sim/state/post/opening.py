"""Open a bank, its growth plan, and each month with an empty ledger."""

from __future__ import annotations

from sim.core.face import block_of
from sim.state.economy import FIRM_FLOWS
from sim.state.market import Market


def open_month(market: Market, month: int) -> None:
    """Set the month and clear the ledger."""
    market.month = month
    market.tables.cohorts.reach(month)
    block_of(market.tables.ledger)[:] = 0.0
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


def growth_plan_started(market: Market) -> None:
    """Record the loan volume from which growth plans are measured, and the usual rate."""
    market.tables.books.rate_at_start[:] = market.books.usual_rate
    market.tables.books.volume_base[:] = market.books.gross_loans
