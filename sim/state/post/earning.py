"""Post what happened to the economy and to firms' cash before and after debt service."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.state.facts import EconomyMoved, Priced, Settled
from sim.state.firms import WOUND_UP
from sim.state.market import Market


def economy(market: Market, moved: EconomyMoved) -> None:
    """Post the factors of the month."""
    table = market.tables.economy
    table.macro_change[:] = moved.macro - table.macro
    if market.month == market.first_of_nature:
        table.macro_change[:] = 0.0
    table.cycle[:] = moved.cycle
    table.macro[:] = moved.macro
    table.sector[:] = moved.sector


@compiled
def wait_for_customers(paid_after, term):  # type: ignore[no-untyped-def]
    """Return the months before a loan's project earns income, at most the term less one.

    Both arguments are numbers, in months.
    """
    return max(min(np.int64(paid_after), np.int64(term) - 1), 0)


@compiled
def _settle(firms, draw, net, rate, ruin_debt, economy):  # type: ignore[no-untyped-def]
    runs = economy.owner_draw.size
    each = draw.size // runs
    for run in range(runs):
        drawn = borrowed = interest = 0.0
        for i in range(run * each, (run + 1) * each):
            drawn += draw[i]
            borrowed += net[i]
            interest += rate * firms.informal_debt[i]
            firms.cash[i] += net[i] - draw[i] - rate * firms.informal_debt[i]
            firms.informal_debt[i] += net[i]
            if firms.low_months[i] == WOUND_UP:
                continue
            if firms.cash[i] < -ruin_debt * firms.turnover[i] / 12.0:
                firms.low_months[i] = min(firms.low_months[i] + 1, WOUND_UP - 1)
            else:
                firms.low_months[i] = 0
        economy.owner_draw[run] += drawn
        economy.informal_net[run] += borrowed
        economy.informal_interest[run] += interest


def settlement(market: Market, settled: Settled) -> None:
    """Post owners' draws and informal borrowing, and count the months near ruin."""
    tables = market.tables
    _settle(
        tables.firms,
        settled.owner_draw,
        settled.informal_net,
        settled.informal_rate,
        settled.ruin_debt,
        tables.economy,
    )


def collateral(market: Market, priced: Priced) -> None:
    """Post the month's value of pledged assets."""
    market.tables.loans.collateral[priced.rows] = priced.value
