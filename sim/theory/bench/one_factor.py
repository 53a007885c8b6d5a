"""A book whose loans share one factor: production firms under Vasicek's (2002) assumptions.

A firm's monthly cash flow is C = Y (b_Z Z/12 + sigma sqrt(1/12) eps).  With b_Z = 12 s sqrt(rho)
and sigma = sqrt(12) s sqrt(1-rho) it is s Y times a standard normal number whose correlation
between any two firms is rho, for any s.  A firm that has its instalment less `s Y G(PD)` in cash,
set by hand, then misses it with chance PD.  From the next month on no firm earns anything, so a
firm that missed it is more than 90 days late three months later, and defaults.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.credit import normal
from sim.theory.bench.cohort import TO_SALE, lend_once
from sim.theory.bench.trial import Trial

SWING = 0.05  # s, share of turnover; any value gives the same distribution


def one_factor_book(
    pd: float,
    rho: float,
    seed: int,
    runs: int,
    loans: int,
    factor: float | None = None,
    settings: Mapping[str, Any] | None = None,
) -> tuple[Trial, Floats]:
    """Return a trial of `loans` loans in each of `runs` runs, and each run's default rate, (runs,).

    `factor` fixes Z by the scenario's path for the economy; without it each run draws its own.
    """
    macro = {"cycle_sd": 1.0} if factor is None else {"shift": factor, "months": 600}
    trial = Trial(
        {
            "firms.count": loans,
            "firms.volatility": math.sqrt(12.0 * (1.0 - rho)) * SWING,
            "firms.earnings.macro_effect": 12.0 * math.sqrt(rho) * SWING,
            "firms.demand.tenor_shares": [0, 0, 1, 0, 0],
            "banks.main.products.bullet_up_to": 12,
            **{f"economy.macro.{key}": value for key, value in macro.items()},
            **(settings or {}),
        },
        seed,
        runs,
    )
    rows, market = lend_once(trial), trial.market
    due = market.loans.balance[rows] * market.loans.rate[rows] / 12.0
    turnover = market.firms.turnover[rows]
    trial.set("firms", "cash", rows, due - SWING * turnover * normal.quantile(pd))
    trial.run_months()
    trial.change({"economy.macro.cycle_sd": 0, "economy.macro.shift": 0})
    paid = rows[market.loans.dpd[rows] == 0]
    trial.set("firms", "cash", paid, market.loans.principal[paid])
    trial.set("firms", "volatility", rows, 0.0)
    trial.run_months(TO_SALE)
    return trial, trial.total("defaults") / np.maximum(trial.monthly("loans")[0], 1.0)
