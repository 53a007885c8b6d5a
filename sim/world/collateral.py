"""Prices of collateral: a negative drift, an effect of the economy, and idiosyncratic shocks.

d ln V = -.02/12 + .08 dZ + .05 sqrt(1/12) eps for real estate; stock and machines depreciate
faster and are harder to sell, but depend less on the property market.  Assigned invoices have no
price: they lose value while the firm is past due, since its customers then dispute them, set them
off, or pay the firm instead of the bank.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import Params, group, param
from sim.core.random_numbers import normals_at
from sim.state.facts import Priced
from sim.state.loans import Security
from sim.state.market import Market
from sim.state.purposes import Purpose

INVOICES = int(Security.INVOICES)
ROOT_MONTH = math.sqrt(1.0 / 12.0)  # years^.5: of a yearly volatility, what falls in a month


class MovablesPrices(Params):
    """How the value of stock and machines moves."""

    drift: float = param(
        -0.15, unit="1/year", ge=-1, le=1, source="A: straight line over six to seven years",
        meaning="mean growth of the logarithm of value",
    )  # fmt: skip
    macro_effect: float = param(
        0.04, unit="log per sd", ge=0, le=5, source="A: half of the effect on real estate",
        meaning="rise of value with a rise of the common factor",
    )  # fmt: skip
    volatility: float = param(
        0.20, unit="1/year^.5", ge=0, le=5, source="A: thin markets",
        meaning="yearly sd of the logarithm of value",
    )  # fmt: skip


class CollateralPrices(Params):
    """How the value of pledged assets moves; real estate unless stated otherwise."""

    drift: float = param(
        -0.02, unit="1/year", ge=-1, le=1, source="A: depreciation",
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
        meaning="change of all values except those of invoices in `shock_month`",
    )  # fmt: skip
    shock_month: int = param(
        1, unit="month", ge=-600, le=1200, source="A: with the depression",
        meaning="month of the shock",
    )  # fmt: skip
    movables: MovablesPrices = group(MovablesPrices, "stock and machines")
    dilution: float = param(
        0.10, unit="share of value a month", ge=0, le=1, source="A: disputes and set-off",
        meaning="loss in value of assigned invoices in each month in which the firm is past due",
    )  # fmt: skip


@compiled
def all_values(live, firms, loans, macro_change, drift, effect, sd, dilution, price_salt):  # type: ignore[no-untyped-def]
    """Return the live loans with collateral, and its value after a month, CNY, both (n,).

    `live` (loans,) are slots, `macro_change` (runs,) is in sd.  `drift`, `effect` and `sd` hold one
    value for each kind of security, (kinds,).
    """
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        rows[unsigned(n)] = live[k]
        n += loans.collateral[unsigned(live[k])] > 0.0
    rows = rows[:n].copy()
    value = normals_at(firms.key, rows, price_salt)
    for k in range(n):
        i = unsigned(rows[k])
        kind = loans.security[i]
        growth = drift[kind] + effect[kind] * macro_change[firms.run[i]] + sd[kind] * value[k]
        value[k] = loans.collateral[i] * math.exp(growth)
        if kind == INVOICES and loans.dpd[i] > 0:
            value[k] *= 1.0 - dilution
    return rows, value


def reprice(market: Market, prices: CollateralPrices, month: int) -> Priced:
    """Return the value of pledged assets after one month, CNY."""
    movables = prices.movables
    rows, value = all_values(
        market.live,
        market.firms,
        market.loans,
        market.economy.macro_change,
        np.array([prices.drift / 12.0, movables.drift / 12.0, 0.0]),
        np.array([prices.macro_effect, movables.macro_effect, 0.0]),
        np.array([prices.volatility * ROOT_MONTH, movables.volatility * ROOT_MONTH, 0.0]),
        prices.dilution,
        salt(Purpose.COLLATERAL_PRICE, month),
    )
    if month == prices.shock_month:
        value[market.loans.security[rows] != INVOICES] *= 1.0 + prices.shock
    return Priced(rows, value)
