"""The rate at which a loan breaks even, and what of it pays for loss, capital and work.

Loss first: a month's loan of 1 costs the funding f and defaults with chance h, returning 1 - LGD of
its opening balance; it breaks even where `(1-h)(1+r) + h(1-LGD) = 1+f`.  The balance cancels, so
the same rate serves every amortising schedule, as long as h, f and LGD stay constant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.credit.domain import Floats, floats, probability, within


def monthly_hazard(pd: ArrayLike, months: ArrayLike) -> Floats:
    """Return the constant monthly chance of default that adds up to `pd` over a term.

    `h = 1 - (1-PD)^(1/n)`; 1 where pd is 1.
    """
    months = within("months", months, 1.0)
    with np.errstate(divide="ignore"):  # log1p(-1): certain default
        return -np.expm1(np.log1p(-probability("pd", pd)) / months)


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
    return (floats(yearly_cost) + floats(file_cost) * 12.0 / months) / balance


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
    loss_and_funding = 12.0 * zero_profit_rate(hazard, lgd, floats(funding_rate) / 12.0)
    capital = capital_charge(capital_ratio, target_roe, tax_rate)
    return loss_and_funding + capital + floats(cost_rate)


def break_even_hazard(
    rate: ArrayLike, lgd: ArrayLike, funding_rate: ArrayLike, *, other_charges: ArrayLike = 0.0
) -> Floats:
    """Return the monthly chance of default that an annual rate just pays for.

    The inverse of `break_even_rate`: `h = (r_m - f_m)/(r_m + LGD)`, r_m being a twelfth of the rate
    after `other_charges` (capital and work, annual).  Negative where even a loan without risk
    would lose.
    """
    left = (floats(rate) - floats(other_charges)) / 12.0
    return (left - floats(funding_rate) / 12.0) / (left + probability("lgd", lgd))
