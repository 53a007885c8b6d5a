"""A cohort: firms that borrow once, and the values set by hand that make each loan one project.

The theory's borrowers live for one period.  Here a loan for three months, repaid at its end, is
the period: 1 + 3 r/12 is due for each CNY lent, and R is that amount in the rows' formulas.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.arrays import Floats, Rows
from sim.credit import normal
from sim.theory.bench.trial import Trial

ALL_OR_NOTHING = 1e6  # volatility at which a firm is rich or ruined; one in a million is in between
SURE = 30.0  # standard deviations that no shock reaches
PERIOD = 3.0 / 12.0  # years
TO_SALE = 4  # months from the first missed instalment: the fourth is the default, then one more
PER_QUALITY = 5.0  # reservation rate per unit of theta, where quality represents it


def annual(gross: ArrayLike) -> Floats:
    """Return the yearly rate at which one period's loan costs `gross` for each CNY."""
    return (np.asarray(gross, dtype=float) - 1.0) / PERIOD


def gross(annual_rate: ArrayLike) -> Floats:
    """Return what is due after one period for each CNY lent at a yearly rate."""
    return 1.0 + PERIOD * np.asarray(annual_rate, dtype=float)


def set_overall_quality(trial: Trial, rows: Rows, theta: ArrayLike) -> None:
    """Give firms a quality of theta overall: q_k = w_k theta."""
    weights = trial.scenario.firms.weights
    trial.set("firms", "quality", rows, weights[:, None] * np.broadcast_to(theta, rows.shape))


def reserve_rate(trial: Trial, rows: Rows, annual_rate: ArrayLike) -> None:
    """Give firms the highest yearly rate that they accept.

    Under `yield_base` 0 and `yield_by_quality` PER_QUALITY that is PER_QUALITY theta.
    """
    set_overall_quality(trial, rows, np.asarray(annual_rate) / PER_QUALITY)


def lend_once(trial: Trial) -> Rows:
    """Run the month in which all apply and return the slots that borrowed; no firm applies later.

    The income of the financed projects is set to zero.
    """
    trial.run_months()
    trial.change({"firms.demand.need_monthly": 0})
    borrowers = trial.market.live.copy()
    trial.set("loans", "project_income", borrowers, 0.0)
    return borrowers


def stake(trial: Trial, rows: Rows, success: ArrayLike) -> None:
    """Give firms the cash with which a month at extreme volatility ends well with `success`."""
    swing = ALL_OR_NOTHING * trial.market.firms.turnover[rows] * math.sqrt(1.0 / 12.0)
    odds = np.clip(normal.quantile(np.broadcast_to(success, rows.shape)), -SURE, SURE)
    trial.set("firms", "cash", rows, swing * odds)


def sold_at(price: float) -> dict[str, Any]:
    """Return settings under which a defaulted loan yields `price` per CNY, at the sale or before.

    Collection in the month before the sale, which is rare, then yields the same.
    """
    return {
        "banks.main.workout": {"kind": "sale", "price": price, "months": 1},
        "economy.resolution.unsecured": price,
    }


def venture(trial: Trial, rows: Rows, success: ArrayLike) -> None:
    """Run a month in which firms risk all: rich with chance `success`, else ruined, permanently."""
    stake(trial, rows, success)
    trial.set("firms", "volatility", rows, ALL_OR_NOTHING)
    trial.run_months()
    trial.set("firms", "volatility", rows, 0.0)


def draws_at_birth(trial: Trial, rows: Rows) -> NDArray[np.float64]:
    """Return each firm's honesty, a uniform number that no other mechanism uses here, (rows,)."""
    return trial.market.firms.honesty[rows].astype(float)
