"""Post shadow loans: their start, each month, and how each ended."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.credit.amortisation import awaited_instalment, level_instalment
from sim.state.market import Market, Outcomes
from sim.state.post.earning import wait_for_customers
from sim.state.shadow_facts import ShadowsBegun, ShadowsMoved


@compiled
def _open_shadows(begun, month, firms, requests, shadows):  # type: ignore[no-untyped-def]
    for k in range(begun.rows.size):
        i = unsigned(begun.rows[k])
        amount, term = requests.amount[i], requests.tenor[i]
        in_use = begun.invested * amount
        shadows.active[i] = True
        shadows.lender[i] = begun.lender
        shadows.begun[i] = month
        shadows.pd[i] = requests.pd[i]
        shadows.good[i] = begun.good[k]
        shadows.approved[i] = begun.approved[k]
        shadows.booked[i] = begun.booked[k]
        shadows.cash[i] = firms.cash[i] + (1.0 - begun.invested) * amount
        shadows.balance[i] = amount
        shadows.overdue[i] = 0.0
        shadows.rate[i] = begun.rate[k]
        shadows.schedule[i] = begun.schedule[k]
        shadows.season_shift[i] = begun.season_shift[k]
        shadows.instalment[i] = level_instalment(amount, begun.rate[k], term)
        shadows.remaining[i] = term
        shadows.behind[i] = 0.0
        wait = wait_for_customers(firms.paid_after[i], term)
        shadows.project_income[i] = awaited_instalment(in_use, begun.project_yield[k], term, wait)


def shadows_begun(market: Market, begun: ShadowsBegun) -> None:
    """Open shadow loans with the firms' present cash and the amounts and terms requested."""
    tables, requests = market.tables, market.requests_written[begun.lender]
    _open_shadows(begun, market.month, tables.firms, requests, tables.shadows)


@compiled
def _move(moved, shadows):  # type: ignore[no-untyped-def]
    for k in range(moved.rows.size):
        i = unsigned(moved.rows[k])
        shadows.cash[i] = moved.cash[k]
        shadows.balance[i] = moved.balance[k]
        shadows.overdue[i] = moved.overdue[k]
        shadows.behind[i] = moved.behind[k]
        shadows.remaining[i] = max(shadows.remaining[i] - 1, 0)


def shadows(market: Market, moved: ShadowsMoved) -> None:
    """Post a month of shadow loans, and record the outcome of those that ended."""
    _move(moved, market.tables.shadows)
    _end(market, moved.rows[moved.ended], moved.defaulted[moved.ended])


def shadows_ruined(market: Market, gone: Rows) -> None:
    """Count the shadow loans of firms that have left the market as defaulted."""
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
