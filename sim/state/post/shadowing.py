"""Post shadow loans: their start, their months, and how each ended."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Rows, ShadowsBegun, ShadowsMoved
from sim.state.market import Market, Outcomes


def shadows_begun(market: Market, begun: ShadowsBegun) -> None:
    """Open shadow loans from the firms' cash as it is, with the amounts and terms requested."""
    table, rows = market.tables.shadows, begun.rows
    requests = market.applications
    amount = requests.amount[rows]
    booked = begun.booked
    received = (1.0 - begun.invested) * amount
    table.active[rows] = True
    table.lender[rows] = begun.lender
    table.begun[rows] = market.month
    table.pd[rows] = requests.pd[rows]
    table.good[rows] = begun.good
    table.approved[rows] = begun.approved
    table.booked[rows] = booked
    table.cash[rows] = market.firms.cash[rows] + received
    table.balance[rows] = amount
    table.overdue[rows] = 0.0
    table.rate[rows] = begun.rate
    table.schedule[rows] = begun.schedule
    table.season_shift[rows] = begun.season_shift
    table.instalment[rows] = begun.instalment
    table.remaining[rows] = requests.tenor[rows]
    table.behind[rows] = 0.0
    table.project_income[rows] = begun.project_income


def shadows(market: Market, moved: ShadowsMoved) -> None:
    """Post a month of shadow loans; those that ended leave their outcome behind."""
    table, rows = market.tables.shadows, moved.rows
    table.cash[rows] = moved.cash
    table.balance[rows] = moved.balance
    table.overdue[rows] = moved.overdue
    table.behind[rows] = moved.behind
    table.remaining[rows] = np.maximum(table.remaining[rows] - 1, 0)
    _end(market, rows[moved.ended], moved.defaulted[moved.ended])


def shadows_ruined(market: Market, gone: Rows) -> None:
    """Count the shadow loans of firms that are gone as defaulted."""
    rows = gone[market.shadows.active[gone]]
    _end(market, rows, np.ones(rows.size, bool))


def _end(market: Market, rows: Rows, defaulted: np.ndarray) -> None:
    if rows.size == 0:
        return
    table = market.tables.shadows
    market.outcomes.append(
        Outcomes(
            book=market.firms.run[rows].astype(np.int64) * market.lenders + table.lender[rows],
            pd=table.pd[rows].astype(float),
            good=table.good[rows],
            approved=table.approved[rows],
            booked=table.booked[rows],
            defaulted=defaulted,
        )
    )
    table.active[rows] = False
