"""The standard normal distribution, accurate in both tails.

The only module that uses `scipy.special` for this distribution.  SciPy takes 0.2 s to import, so it
is imported on first use.  Compiled code uses the functions in `sim.core.random_numbers`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.compiled import elementwise
from sim.core.random_numbers import normal_cdf
from sim.credit.domain import floats

FRACTIONS = 12  # terms of the continued fraction: full precision beyond 30 standard deviations


def cdf(x: ArrayLike) -> Floats:
    """Return Phi(x)."""
    from scipy.special import ndtr

    return floats(ndtr(x))


def quantile(p: ArrayLike) -> Floats:
    """Return G(p), the inverse of Phi: -inf at 0, +inf at 1."""
    from scipy.special import ndtri

    return floats(ndtri(p))


def density(x: ArrayLike) -> Floats:
    """Return phi(x)."""
    return floats(np.exp(-0.5 * floats(x) ** 2) / math.sqrt(2.0 * math.pi))


def inverse_mills(x: ArrayLike) -> Floats:
    """Return phi(x)/Phi(x), which tends to -x far below zero, where both tend to zero."""
    return floats(inverse_mills_ratio(x))


@elementwise
def inverse_mills_ratio(x):  # type: ignore[no-untyped-def]
    """Return `inverse_mills` of a number; far below zero by a continued fraction (Laplace 1805)."""
    if x > -30.0:
        return math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) / normal_cdf(x)
    ratio = -x
    for k in range(FRACTIONS, 0, -1):
        ratio = k / ratio - x
    return ratio


def log_cdf(x: ArrayLike) -> Floats:
    """Return ln Phi(x)."""
    from scipy.special import log_ndtr

    return floats(log_ndtr(x))


def joint_cdf(x: ArrayLike, rho: ArrayLike) -> Floats:
    """Return Phi2(x, x; rho), the chance that two normals correlated by rho are both below x.

    With one threshold for both it is Phi(x) - 2 T(x, sqrt((1-rho)/(1+rho))), T being Owen's (1956).
    """
    from scipy.special import owens_t

    rho = floats(rho)
    return floats(cdf(x) - 2.0 * owens_t(x, np.sqrt((1.0 - rho) / (1.0 + rho))))
