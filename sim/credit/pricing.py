"""The rate at which a loan breaks even, and its parts that pay for loss, capital and work.

Without capital and work: a one-month loan of 1 costs the funding f and defaults with chance h,
returning 1 - LGD of its opening balance; it breaks even where `(1-h)(1+r) + h(1-LGD) = 1+f`.  The
balance cancels, so the same rate holds for every amortising schedule if h, f and LGD are constant.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.compiled import elementwise
from sim.credit.domain import floats, probability, within


def monthly_hazard(pd: ArrayLike, months: ArrayLike) -> Floats:
    """Return the constant monthly chance of default that gives a chance of `pd` over a term.

    `h = 1 - (1-PD)^(1/n)`; 1 where pd is 1.
    """
    with np.errstate(divide="ignore"):  # log1p(-1): certain default
        return floats(_hazard(probability("pd", pd), within("months", months, 1.0)))


def term_pd(hazard: ArrayLike, months: ArrayLike) -> Floats:
    """Return the chance of default within a term under a constant monthly one: `1-(1-h)^n`."""
    months = within("months", months, 1.0)
    with np.errstate(divide="ignore"):
        return -np.expm1(np.log1p(-probability("hazard", hazard)) * months)


def zero_profit_rate(pd: ArrayLike, lgd: ArrayLike, funding_rate: ArrayLike) -> Floats:
    """Return the one-period rate with zero expected profit if a share of principal is recovered.

    `r = (f + PD LGD)/(1-PD)`; all three per the same period.
    """
    pd = within("pd", pd, 0.0, 1.0, below=True)
    return (floats(funding_rate) + pd * probability("lgd", lgd)) / (1.0 - pd)


def zero_profit_rate_on_claim(pd: ArrayLike, lgd: ArrayLike, funding_rate: ArrayLike) -> Floats:
    """Return the one-period rate with zero expected profit if a share of the claim is recovered.

    `r = (1+f)/(1 - PD LGD) - 1`: interest owed is recovered like principal, so the rate is lower
    than `zero_profit_rate`.
    """
    loss = within("pd * lgd", probability("pd", pd) * probability("lgd", lgd), 0.0, 1.0, below=True)
    return (floats(funding_rate) + loss) / (1.0 - loss)


def annual_cost_rate(
    yearly_cost: ArrayLike, file_cost: ArrayLike, average_balance: ArrayLike, months: ArrayLike
) -> Floats:
    """Return the cost of work on one loan as an annual fraction of its average balance.

    `yearly_cost` (CNY a year) is paid as long as the loan runs; `file_cost` (CNY) is paid once, to
    grant it, and is spread over its `months`.
    """
    balance = within("average_balance", average_balance, 0.0, above=True)
    months = within("months", months, 1.0)
    return floats(cost_of_rate(yearly_cost, file_cost, balance, months))


def capital_charge(
    capital_ratio: ArrayLike,
    target_roe: ArrayLike,
    tax_rate: ArrayLike,
    capital_return: ArrayLike = 0.0,
) -> Floats:
    """Return what the owners' capital adds to the rate: `(ROE/(1-tax) - r_f) k`.

    `capital_ratio` is k, capital per unit of exposure; `target_roe` is after tax.  `capital_return`
    r_f is what the capital itself earns if the whole loan is charged with funding; zero gives
    `ROE/(1-tax) k`.
    """
    tax_rate = within("tax_rate", tax_rate, 0.0, 1.0, below=True)
    before_tax = floats(target_roe) / (1.0 - tax_rate)
    return (before_tax - floats(capital_return)) * floats(capital_ratio)


def break_even_rate(
    hazard: ArrayLike,
    lgd: ArrayLike,
    funding_rate: ArrayLike,
    *,
    capital_ratio: ArrayLike = 0.0,
    target_roe: ArrayLike = 0.0,
    tax_rate: ArrayLike = 0.0,
    cost_rate: ArrayLike = 0.0,
) -> Floats:
    """Return the annual rate at which a loan just pays for funding, loss, capital and work.

    `r_be = 12 (f_m + h LGD)/(1-h) + (ROE/(1-tax)) k + costs`, with `hazard` h per month,
    `funding_rate` = 12 f_m annual, and `cost_rate` from `annual_cost_rate`.
    Raises `RequestError` for a hazard outside [0, 1) or an LGD outside [0, 1].
    """
    hazard = within("hazard", hazard, 0.0, 1.0, below=True)
    charges = capital_charge(capital_ratio, target_roe, tax_rate) + floats(cost_rate)
    return floats(_break_even(hazard, probability("lgd", lgd), funding_rate, charges))


@elementwise
def rate_of_costs(pd, months, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
    """Return the annual rate at which loans with a PD over some months break even.

    `break_even_rate` at `monthly_hazard(pd, months)` plus `charges` (1/year) for capital and work,
    in one pass, for simulated values: no error is raised.  Numbers or arrays that broadcast
    together.
    """
    return _break_even(_hazard(pd, months), lgd, funding_rate, charges)


@elementwise
def cost_of_rate(yearly_cost, file_cost, average_balance, months):  # type: ignore[no-untyped-def]
    """Return `annual_cost_rate` for simulated values: no error is raised.

    An expired term counts as one month.
    """
    return (yearly_cost + file_cost * 12.0 / max(months, 1.0)) / average_balance


@elementwise
def bearable_pd(rate, months, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
    """Return the chance of default over some months at which an annual rate just breaks even.

    `term_pd` at `break_even_hazard`, clipped to [0, 1], in one pass, for simulated values.  Numbers
    or arrays that broadcast together.
    """
    hazard = _affordable_hazard(rate, lgd, funding_rate, charges)
    return -math.expm1(math.log1p(-min(max(hazard, 0.0), 1.0)) * months)


@elementwise
def _affordable_hazard(rate, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
    left = (rate - charges) / 12.0
    return (left - funding_rate / 12.0) / (left + lgd)


@elementwise
def _hazard(pd, months):  # type: ignore[no-untyped-def]
    return -math.expm1(math.log1p(-pd) / months)


@elementwise
def _break_even(hazard, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
    return 12.0 * (funding_rate / 12.0 + hazard * lgd) / (1.0 - hazard) + charges


def break_even_hazard(
    rate: ArrayLike, lgd: ArrayLike, funding_rate: ArrayLike, *, other_charges: ArrayLike = 0.0
) -> Floats:
    """Return the monthly chance of default at which an annual rate just breaks even.

    The inverse of `break_even_rate`: `h = (r_m - f_m)/(r_m + LGD)`, where r_m is a twelfth of the
    rate after `other_charges` (capital and work, 1/year).  Negative where even a riskless loan
    would lose money.
    """
    return floats(_affordable_hazard(rate, probability("lgd", lgd), funding_rate, other_charges))
