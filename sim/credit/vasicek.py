"""Loss of a book whose loans share one factor: default iff `sqrt(rho) Z + sqrt(1-rho) e < G(PD)`.

Vasicek (2002), Loan portfolio value, Risk 15(12).  In an infinitely granular book (infinitely many
small loans) the default rate depends on Z alone and has closed forms.  A branch has hundreds of
loans, so the distribution is also given for N equal loans, by summing binomials over Z.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.credit import normal
from sim.credit.domain import floats, probability, within

_LARGEST_FACTOR = 9.0  # |Z| exceeds this with a chance of 2e-19


def conditional_pd(pd: ArrayLike, rho: ArrayLike, factor: ArrayLike) -> Floats:
    """Return the chance of default given the common factor (low is bad).

    `Phi((G(PD) - sqrt(rho) Z)/sqrt(1-rho))`; rho in [0, 1).
    """
    rho = _correlation(rho)
    pull = np.sqrt(rho) * floats(factor)
    return normal.cdf((normal.quantile(probability("pd", pd)) - pull) / np.sqrt(1.0 - rho))


def loss_quantile(q: ArrayLike, pd: ArrayLike, rho: ArrayLike) -> Floats:
    """Return the default rate that an infinitely granular book exceeds with chance 1-q.

    `Phi((G(PD) + sqrt(rho) G(q))/sqrt(1-rho))`; the PD itself at rho = 0.
    Raises `RequestError` for q outside (0, 1), pd outside [0, 1] or rho outside [0, 1).
    """
    return conditional_pd(pd, rho, -normal.quantile(_level(q)))


def loss_variance(pd: ArrayLike, rho: ArrayLike) -> Floats:
    """Return the variance of the default rate of an infinitely granular book.

    `Phi2(G(PD), G(PD); rho) - PD^2`: the covariance of two defaults.
    """
    pd = probability("pd", pd)
    return normal.joint_cdf(normal.quantile(pd), _correlation(rho)) - pd * pd


def default_count_distribution(loans: int, pd: float, rho: float) -> Floats:
    """Return the chances of 0, 1, ... N defaults among N equal loans, shape (N+1,)."""
    factor, chance = _factor_grid(loans, rho)
    by_factor = conditional_pd(pd, rho, factor)
    survive = conditional_pd(1.0 - pd, rho, -factor)
    from scipy.special import gammaln, xlogy

    count = np.arange(loans + 1.0)
    log_ways = gammaln(loans + 1.0) - gammaln(count + 1.0) - gammaln(loans - count + 1.0)
    total = np.zeros(loans + 1)
    for p, s, w in zip(by_factor, survive, chance, strict=True):
        total += w * np.exp(log_ways + xlogy(count, p) + xlogy(loans - count, s))
    return total


def default_count_cdf(count: ArrayLike, loans: int, pd: float, rho: float) -> Floats:
    """Return the chance of at most `count` defaults among N equal loans, shape of `count`.

    `int I_{1-p(z)}(N-k, k+1) phi(z) dz`, the binomial written as an incomplete beta function.
    """
    from scipy.special import betainc

    factor, chance = _factor_grid(loans, rho)
    survive = conditional_pd(1.0 - pd, rho, -factor)
    count = np.floor(floats(count))
    inside = np.clip(count, 0.0, loans - 1.0)[..., None]
    at_most = betainc(loans - inside, inside + 1.0, survive) @ chance
    return floats(np.where(count < 0.0, 0.0, np.where(count >= loans, 1.0, at_most)))


def _level(q: ArrayLike) -> Floats:
    return within("q", q, 0.0, 1.0, above=True, below=True)


def _correlation(rho: ArrayLike) -> Floats:
    return within("rho", rho, 0.0, 1.0, below=True)


def _factor_grid(loans: int, rho: float) -> tuple[Floats, Floats]:
    """Return values of the factor and their chances, fine enough for N loans.

    Given Z, the count changes from few to many over a width in Z of
    `sqrt(p(1-p)/N) / p'(z) >= 1.25 sqrt((1-rho)/(rho N))`.  With steps of half that width the
    trapezoid rule is exact up to rounding, since the functions are smooth and vanish at both ends.
    """
    if loans < 1:
        raise RequestError(f"loans is {loans}; a book has at least 1")
    width = 1.25 * math.sqrt((1.0 - rho) / (max(rho, 1e-3) * loans))
    steps = math.ceil(2.0 * _LARGEST_FACTOR / min(0.1, 0.5 * width))
    factor = np.linspace(-_LARGEST_FACTOR, _LARGEST_FACTOR, steps + 1)
    return factor, normal.density(factor) * (2.0 * _LARGEST_FACTOR / steps)
