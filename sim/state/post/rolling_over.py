"""Post loans that are rolled over: renewals that hide arrears."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.credit.amortisation import level_instalment
from sim.state.facts import RolledOver
from sim.state.impairment import impair
from sim.state.market import Market
from sim.state.post.by_book import add_up


@compiled
def _impair_those_in_arrears(rows, book, loans, ledger):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        if loans.behind[rows[k]] > 0.0:
            impair(rows[k], book[k], True, loans, ledger)


def rolled_over(market: Market, rolled: RolledOver) -> None:
    """Post loans that were renewed instead of falling behind: their arrears are gone from sight."""
    loans, rows = market.tables.loans, rolled.rows
    if not rows.size:
        return
    book = market.books_of(rows, rolled.lender).astype(np.int64, copy=False)
    _impair_those_in_arrears(rows, book, loans, market.tables.ledger)
    loans.remaining[rows] += rolled.extra_months
    loans.instalment[rows] = level_instalment(
        loans.balance[rows], loans.rate[rows], loans.remaining[rows]
    )
    loans.overdue_principal[rows] = 0.0
    loans.behind[rows] = 0.0
    loans.dpd[rows] = 0
    loans.renewed[rows] = True
    add_up(market.tables.ledger.rolled_over, book, 1.0)
    if rolled.hidden.size:
        seat = market.officer_rows(rolled.hidden, rolled.lender, loans.seat[rolled.hidden])
        add_up(market.tables.officers.favours, seat, 1.0)
        add_up(market.tables.ledger.favours, market.books_of(rolled.hidden, rolled.lender), 1.0)
