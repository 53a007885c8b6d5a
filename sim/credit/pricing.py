"""The rate at which a loan breaks even, and what of it pays for loss, capital and work.

Loss first: a month's loan of 1 costs the funding f and defaults with chance h, returning 1 - LGD of
its opening balance; it breaks even where `(1-h)(1+r) + h(1-LGD) = 1+f`.  The balance cancels, so
the same rate serves every amortising schedule, as long as h, f and LGD stay constant.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.core.compiled import elementwise
from sim.credit.domain import Floats, floats, probability, within


def monthly_hazard(pd: ArrayLike, months: ArrayLike) -> Floats:
    """Return the constant monthly chance of default that adds up to `pd` over a term.

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
    """Return the one-period rate with no expected profit, recovering a share of principal.

    `r = (f + PD LGD)/(1-PD)`; all three per the same period.
    """
    pd = within("pd", pd, 0.0, 1.0, below=True)
    return (floats(funding_rate) + pd * probability("lgd", lgd)) / (1.0 - pd)


def zero_profit_rate_on_claim(pd: ArrayLike, lgd: ArrayLike, funding_rate: ArrayLike) -> Floats:
    """Return the one-period rate with no expected profit, recovering a share of the whole claim.

    `r = (1+f)/(1 - PD LGD) - 1`: interest owed is recovered like principal, so it is lower.
    """
    loss = within("pd * lgd", probability("pd", pd) * probability("lgd", lgd), 0.0, 1.0, below=True)
    return (floats(funding_rate) + loss) / (1.0 - loss)


def annual_cost_rate(
    yearly_cost: ArrayLike, file_cost: ArrayLike, average_balance: ArrayLike, months: ArrayLike
) -> Floats:
    """Return the work on one loan as an annual fraction of its average balance.

    `yearly_cost` (CNY a year) runs as long as the loan; `file_cost` (CNY) is spent once, to grant
    it, and is spread over its `months`.
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

    `capital_ratio` is k, capital per unit of exposure; `target_roe` after tax.  `capital_return` is
    what the capital itself earns when the loan is charged with funding in full; zero keeps the
    plain `ROE/(1-tax) k`.
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
    """Return the annual rate at which a loan pays its funding, loss, capital and work.

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

    `break_even_rate` at `monthly_hazard(pd, months)`, with `charges` for capital and work added, in
    one pass: for figures that a simulation has made, of which none is refused.  Numbers or arrays
    that broadcast together.
    """
    return _break_even(_hazard(pd, months), lgd, funding_rate, charges)


@elementwise
def cost_of_rate(yearly_cost, file_cost, average_balance, months):  # type: ignore[no-untyped-def]
    """Return `annual_cost_rate` of figures that a simulation has made, of which none is refused.

    A term that has run out counts as one month.
    """
    return (yearly_cost + file_cost * 12.0 / max(months, 1.0)) / average_balance


@elementwise
def bearable_pd(rate, months, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
    """Return the chance of default over some months that an annual rate just pays for.

    `term_pd` at `break_even_hazard`, kept within 0 and 1, in one pass: for figures that a
    simulation has made.  Numbers or arrays that broadcast together.
    """
    hazard = _borne(rate, lgd, funding_rate, charges)
    return -math.expm1(math.log1p(-min(max(hazard, 0.0), 1.0)) * months)


@elementwise
def _borne(rate, lgd, funding_rate, charges):  # type: ignore[no-untyped-def]
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
    """Return the monthly chance of default that an annual rate just pays for.

    The inverse of `break_even_rate`: `h = (r_m - f_m)/(r_m + LGD)`, r_m being a twelfth of the rate
    after `other_charges` (capital and work, annual).  Negative where even a loan without risk
    would lose.
    """
    return floats(_borne(rate, probability("lgd", lgd), funding_rate, other_charges))
