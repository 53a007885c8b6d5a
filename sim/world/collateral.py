"""Prices of collateral: they sink a little, move with the economy, and have luck of their own.

d ln V = -.02/12 + .08 dZ + .05 sqrt(1/12) eps
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.luck import normals_at
from sim.core.params import Params, param
from sim.state.facts import Priced
from sim.state.market import Market
from sim.state.purposes import Purpose


class CollateralPrices(Params):
    """How the value of pledged assets moves."""

    drift: float = param(
        -0.02, unit="1/year", ge=-1, le=1, source="A: wear",
        meaning="mean growth of the logarithm of value",
    )  # fmt: skip
    macro_effect: float = param(
        0.08, unit="log per sd", ge=0, le=5, source="A: design notes, section 5",
        meaning="rise of value with a rise of the common factor",
    )  # fmt: skip
    volatility: float = param(
        0.05, unit="1/year^.5", ge=0, le=5, source="A: property-like",
        meaning="yearly sd of the logarithm of value",
    )  # fmt: skip
    shock: float = param(
        0.0, unit="share of value", ge=-1, le=5, source="A: -20 % in a depression",
        meaning="change of all values in `shock_month`",
    )  # fmt: skip
    shock_month: int = param(
        1, unit="month", ge=-600, le=1200, source="A: with the depression",
        meaning="month of the shock",
    )  # fmt: skip


@compiled
def all_values(live, firms, loans, macro_change, drift, effect, sd, price_salt):  # type: ignore[no-untyped-def]
    """Return the live loans with collateral, and its value after a month, CNY."""
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        if loans.collateral[live[k]] > 0.0:
            rows[n] = live[k]
            n += 1
    rows = rows[:n].copy()
    value = normals_at(firms.key, rows, price_salt)
    for k in range(n):
        i = rows[k]
        growth = drift + effect * macro_change[firms.run[i]] + sd * value[k]
        value[k] = loans.collateral[i] * math.exp(growth)
    return rows, value


def reprice(market: Market, prices: CollateralPrices, month: int) -> Priced:
    """Let the value of pledged assets move by a month."""
    rows, value = all_values(
        market.live,
        market.firms,
        market.loans,
        market.economy.macro_change,
        prices.drift / 12.0,
        prices.macro_effect,
        prices.volatility * math.sqrt(1.0 / 12.0),
        salt(Purpose.COLLATERAL_PRICE, month),
    )
    if month == prices.shock_month:
        value *= 1.0 + prices.shock
    return Priced(rows, value)
