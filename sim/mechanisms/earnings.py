"""What a firm earns: a margin that rises with quality, the economy, the season, and shocks.

C = Y [(mu + a_theta theta + b_Z Z + b_S S) / 12 + season / 12 + sigma sqrt(1/12) eps] - ruin

A ruin is a large loss with the chance of a proportional hazard, at most `MOST_RUINS` a month:
h = h_0 / 12 exp(-k_Z Z - k_theta theta - k_S S - k_mu mu_s) (Y / Y_0)^-k_Y
with mu_s the margin of the firm's sector less the market's, Y_0 the median firm's turnover.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import Params, param
from sim.core.random_numbers import BLOCK, normals, uniforms
from sim.state.economy import ECONOMY
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.market import NEVER, Market
from sim.state.month import Month
from sim.state.population import Population
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose

MOST_RUINS = 0.1  # a month: cap of the chance of ruin, so that few firms' need be computed
ROOT_MONTH = math.sqrt(1.0 / 12.0)  # years^.5: of a yearly volatility, what falls in a month


class Earnings(Params):
    """How quality, the economy and shocks determine cash flow."""

    quality_effect: float = param(
        0.06, unit="share of turnover per sd", ge=0, le=1, source="A: .06-.08",
        meaning="a_theta: increase in the yearly margin with quality",
    )  # fmt: skip
    macro_effect: float = param(
        0.02, unit="share of turnover per sd", ge=0, le=1, source="A: recession 2-6 times default",
        meaning="b_Z: increase in the yearly margin with the common factor",
    )  # fmt: skip
    sector_effect: float = param(
        0.015, unit="share of turnover per sd", ge=0, le=1, source="A: asset correlation 1-3 %",
        meaning="b_S: increase in the yearly margin with the sector factor",
    )  # fmt: skip
    ruin_chance: float = param(
        0.02, unit="1/year", ge=0, le=1, source="A: owner's illness, loss of a key client",
        meaning="h_0: probability of a ruin, a large loss, in a year, for an average firm",
    )  # fmt: skip
    ruin_size: float = param(
        0.15, unit="share of turnover", ge=0, le=5, source="A: two months of receipts",
        meaning="size of the loss",
    )  # fmt: skip
    ruin_by_macro: float = param(
        0.0, unit="log per sd", ge=0, le=10, source="A: no published value; .46 where on, swept",
        meaning="k_Z: decrease in the log of the chance of ruin with the common factor",
    )  # fmt: skip
    ruin_by_quality: float = param(
        0.0, unit="log per sd", ge=0, le=10, source="A: no published value; 1.2 where on, swept",
        meaning="k_theta: decrease in the log of the chance of ruin with quality",
    )  # fmt: skip
    ruin_by_sector: float = param(
        0.0, unit="log per sd", ge=0, le=10, source="A: no published value; .3 where on, swept",
        meaning="k_S: decrease in the log of the chance of ruin with the factor of the sector",
    )  # fmt: skip
    ruin_by_margin: float = param(
        0.0, unit="log per unit of margin", ge=0, le=200, source="A: as quality; 17 where on",
        meaning="k_mu: decrease in the log of the chance of ruin with the margin of the sector",
    )  # fmt: skip
    ruin_by_size: float = param(
        0.0, unit="exponent", ge=-1, le=2, source="A: small loans default more; .1-.2 where on",
        meaning="k_Y: minus the elasticity of the chance of ruin with respect to turnover",
    )  # fmt: skip


class Earned(NamedTuple):
    """What firms earned before debt service, without the income from what loans were put into."""

    operating: Floats  # (slots,) CNY, after the loss of those that are ruined
    ruined: Rows  # slots that suffer a ruin
    awaited: Rows  # slots whose loan's use begins to bring in money: late customers pay


@compiled
def operating_cash_flow(turnover, margin, volatility, eps):  # type: ignore[no-untyped-def]
    """Return a month's cash flow before debt service and ruin, CNY.

    All arguments are numbers, of one firm.
    """
    return turnover * (margin / 12.0 + volatility * ROOT_MONTH * eps)


@compiled
def is_ruined(draw, theta, macro, sector, margin, size, rule):  # type: ignore[no-untyped-def]
    """Tell whether a firm is ruined this month; `draw` is a uniform number below `MOST_RUINS`.

    All arguments are numbers, of one firm; `margin` is that of its sector above the market's,
    `size` its turnover over the median firm's.
    """
    log = (
        rule.ruin_by_macro * macro
        + rule.ruin_by_quality * theta
        + rule.ruin_by_sector * sector
        + rule.ruin_by_margin * margin
        + rule.ruin_by_size * math.log(size)
    )
    return draw < rule.ruin_chance / 12.0 * math.exp(-log)


@compiled
def all_earnings(firms, economy, margins, lasting, usual, rule, flow_salt, ruin_salt):  # type: ignore[no-untyped-def]
    """Return the operating cash flow of every slot in one month, (slots,), CNY, and the ruined.

    `margins` and `lasting` (sectors,) are shares of turnover a year: what a sector earns this
    month, and what it usually earns above the market; `usual` is the median firm's turnover.
    """
    slots, ruins = firms.key.size, 0
    operating, margin = np.empty(slots), np.empty(BLOCK)
    ruined = np.empty(slots, np.int64)
    for start in range(0, slots, BLOCK):
        keys = firms.key[start : start + BLOCK]
        eps = normals(keys, flow_salt)
        draws = uniforms(keys, ruin_salt)
        for k in range(keys.size):
            i = unsigned(start + k)
            run, sector = unsigned(firms.run[i]), unsigned(firms.sector[i])
            margin[k] = (
                margins[sector]
                + rule.quality_effect * firms.theta[i]
                + rule.macro_effect * economy.macro[run]
                + rule.sector_effect * economy.sector[sector, run]
            )
        for k in range(keys.size):  # a loop of its own, so that the compiler can vectorise it
            i = unsigned(start + k)
            operating[i] = operating_cash_flow(
                firms.turnover[i],
                margin[k],
                firms.volatility[i],
                eps[k],
            )
        for k in range(keys.size):
            if draws[k] >= MOST_RUINS:
                continue
            i = unsigned(start + k)
            run, sector = unsigned(firms.run[i]), unsigned(firms.sector[i])
            if is_ruined(
                draws[k],
                firms.theta[i],
                economy.macro[run],
                economy.sector[sector, run],
                lasting[sector],
                firms.turnover[i] / usual,
                rule,
            ):
                operating[i] -= rule.ruin_size * firms.turnover[i]
                ruined[ruins] = start + k
                ruins += 1
    return operating, ruined[:ruins].copy()


def awaited(market: Market, population: Population, month: int) -> Rows:
    """Return the slots whose customers begin to pay for what the loan was used for, (n,).

    They do after the firm's usual wait, and at the latest when the loan falls due; that the bank
    calls it does not hurry them.
    """
    if population.late_payers == 0.0:
        return np.empty(0, np.int64)
    loans = market.loans
    waiting = np.flatnonzero(loans.project_left < 0)
    come = month - loans.granted[waiting] > market.firms.paid_after[waiting]
    falls_due = (loans.remaining[waiting] <= 1) & (loans.proven[waiting] == NEVER)
    return waiting[come | falls_due]


def earn(month: Month) -> Earned:
    """Compute what every firm earns in a month."""
    market, population = month.market, month.params(Population)
    season = np.cos(2.0 * np.pi * (month.number - population.by_sector("peak")) / 12.0)
    margins = (
        population.margin + population.by_sector("margin") + population.by_sector("season") * season
    )
    operating, ruined = all_earnings(
        market.firms,
        market.economy,
        margins,
        population.by_sector("margin"),
        population.volatility_at,
        month.params(Earnings).record(),
        salt(Purpose.CASH_FLOW, month.number),
        salt(Purpose.RUIN, month.number),
    )
    return Earned(operating, ruined, awaited(market, population, month.number))


@compiled
def _add_earnings(cash, operating, project_income, project_left, economy):  # type: ignore[no-untyped-def]
    runs = economy.earned.size
    each = cash.size // runs
    for run in range(runs):
        earned = income = 0.0
        for i in range(run * each, (run + 1) * each):
            running = project_left[i] > 0  # weighed, not branched on: nothing tells which are
            brings = project_income[i] if running else 0.0
            left = cash[i] + operating[i]
            cash[i] = left + brings if running else left
            earned += operating[i]
            income += brings
            project_left[i] -= running
        economy.earned[run] += earned
        economy.project_income[run] += income


@posting(writes=(FIRMS, LOANS, ECONOMY))
def post_earnings(to: Written, earned: Earned) -> None:
    """Post operating cash flow to the firms' cash, who was ruined, and what loans bring in."""
    loans = to.table(LOANS)
    to.table(FIRMS).last_ruin[earned.ruined] = to.market.month
    loans.project_left[earned.awaited] *= -1
    cash = to.table(FIRMS).cash
    _add_earnings(
        cash, earned.operating, loans.project_income, loans.project_left, to.table(ECONOMY)
    )
