"""Post what happened to the economy and to firms' cash before and after debt service."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.state.facts import Earned, EconomyMoved, Priced, Settled, Tempted
from sim.state.firms import WOUND_UP
from sim.state.market import Market


def economy(market: Market, moved: EconomyMoved) -> None:
    """Post the factors of the month."""
    table = market.tables.economy
    table.macro_change[:] = moved.macro - table.macro
    if market.month == market.first_month:
        table.macro_change[:] = 0.0
    table.cycle[:] = moved.cycle
    table.macro[:] = moved.macro
    table.sector[:] = moved.sector


@compiled
def wait_for_customers(paid_after, term):  # type: ignore[no-untyped-def]
    """Return the months before a loan's project earns income, at most the term less one."""
    return max(min(np.int64(paid_after), np.int64(term) - 1), 0)


@compiled
def _add_earnings(cash, operating, project_income, project_left):  # type: ignore[no-untyped-def]
    for i in range(cash.size):
        cash[i] += operating[i]
        if project_left[i] > 0:
            cash[i] += project_income[i]
            project_left[i] -= 1


def earnings(market: Market, earned: Earned) -> None:
    """Post operating cash flow and project income to the firms' cash."""
    loans = market.tables.loans
    loans.project_left[earned.awaited] *= -1
    cash = market.tables.firms.cash
    _add_earnings(cash, earned.operating, loans.project_income, loans.project_left)


def diversion(market: Market, tempted: Tempted) -> None:
    """Mark the borrowers that begin to divert."""
    market.tables.firms.diverting[tempted.rows] = True


@compiled
def _settle(firms, draw, net, rate):  # type: ignore[no-untyped-def]
    for i in range(draw.size):
        firms.cash[i] += net[i] - draw[i] - rate * firms.informal_debt[i]
        firms.informal_debt[i] += net[i]
        if firms.low_months[i] == WOUND_UP:
            continue
        if firms.cash[i] < -firms.turnover[i] / 12.0:
            firms.low_months[i] = min(firms.low_months[i] + 1, WOUND_UP - 1)
        else:
            firms.low_months[i] = 0


def settlement(market: Market, settled: Settled) -> None:
    """Post owners' draws and informal borrowing, and count the months near ruin."""
    _settle(market.tables.firms, settled.owner_draw, settled.informal_net, settled.informal_rate)


def collateral(market: Market, priced: Priced) -> None:
    """Post the month's value of pledged assets."""
    market.tables.loans.collateral[priced.rows] = priced.value
