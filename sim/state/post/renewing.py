"""Post renewals that hide arrears."""

from __future__ import annotations

from sim.credit.amortisation import level_instalment
from sim.state.facts import RolledOver
from sim.state.market import Market
from sim.state.post.by_book import add_up


def renewals(market: Market, rolled: RolledOver) -> None:
    """Post loans that were renewed instead of falling behind: their arrears are gone from sight."""
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
