"""Post new applications."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Demanded
from sim.state.market import NEVER, Market
from sim.state.post.by_book import add_up


def applications(market: Market, demanded: Demanded) -> None:
    """Open a request for every firm in need; a bank that meets a firm first notes the month."""
    table, rows = market.tables.applications, demanded.rows
    table.lender[rows] = demanded.lender
    table.made[rows] = market.month
    table.due[rows] = NEVER
    table.days[rows] = demanded.arrival_day  # until the steps to come are known
    table.amount[rows] = demanded.amount
    table.tenor[rows] = demanded.tenor
    table.stated_turnover[rows] = demanded.stated_turnover
    table.lying[rows] = demanded.lying
    table.caught[rows] = False
    relation = demanded.lender * np.int64(market.slots) + rows
    known = market.tables.relations.known_since
    known[relation] = np.where(known[relation] == NEVER, market.month, known[relation])
    book = market.firms.run[rows] * np.int64(market.lenders) + demanded.lender
    add_up(market.tables.ledger.applications, book, 1.0)
