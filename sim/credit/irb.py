"""Basel's internal ratings-based (IRB) formula: capital for unexpected loss.

Basel Committee (2006), International Convergence of Capital Measurement, paragraphs 272, 273, 330
and Annex 5.  A loan's capital depends on that loan only, as in an infinitely granular portfolio
(see `vasicek`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.credit import normal
from sim.credit.domain import floats, probability, within

PD_FLOOR = 0.0003  # paragraph 285; the maturity adjustment breaks down near 3e-6
CONFIDENCE = 0.999
MATURITY = (1.0, 5.0)  # years, paragraph 320
SME_TURNOVER = (5.0, 50.0)  # EUR m, paragraph 273
RISK_WEIGHT_PER_CAPITAL = 12.5  # the reciprocal of 8 %


def asset_correlation(
    pd: ArrayLike, turnover: ArrayLike | None = None, retail: ArrayLike = False
) -> Floats:
    """Return the asset correlation R that the regulation prescribes for a PD.

    Corporate `.12 w + .24 (1-w)`, `w = (1-e^(-50 PD))/(1-e^-50)`; small firms with a yearly
    `turnover` of S (EUR m) get `.04 (1-(S-5)/45)` less, with S clipped to [5, 50]; other retail
    `.03 w' + .16 (1-w')`, with 35 in place of 50.  `turnover=None` means no discount for size.
    """
    pd = np.maximum(probability("pd", pd), PD_FLOOR)
    low, high = SME_TURNOVER
    size = high if turnover is None else np.clip(within("turnover", turnover, 0.0), low, high)
    corporate = _between(0.12, 0.24, 50.0, pd) - 0.04 * (high - size) / (high - low)
    return floats(np.where(retail, _between(0.03, 0.16, 35.0, pd), corporate))


def capital_requirement(
    pd: ArrayLike,
    lgd: ArrayLike,
    maturity: ArrayLike = 2.5,
    turnover: ArrayLike | None = None,
    retail: ArrayLike = False,
) -> Floats:
    """Return capital K per unit of exposure for unexpected loss, at 99.9 % confidence.

    `K = LGD [Phi((G(PD) + sqrt(R) G(.999))/sqrt(1-R)) - PD] (1+(M-2.5)b)/(1-1.5b)`,
    `b = (.11852 - .05478 ln PD)^2`; retail has no maturity term.  `maturity` M in years is clipped
    to [1, 5], and pd is at least its floor.  A pd of 1 (in default) needs no capital, since its
    loss is provisioned.  Raises `RequestError` for a pd or lgd outside [0, 1].
    """
    pd = np.maximum(probability("pd", pd), PD_FLOOR)
    lgd = probability("lgd", lgd)
    years = np.clip(within("maturity", maturity, 0.0), *MATURITY)
    rho = asset_correlation(pd, turnover, retail)
    stressed = normal.cdf(
        (normal.quantile(pd) + np.sqrt(rho) * normal.quantile(CONFIDENCE)) / np.sqrt(1.0 - rho)
    )
    slope = (0.11852 - 0.05478 * np.log(pd)) ** 2
    maturing = np.where(retail, 1.0, (1.0 + (years - 2.5) * slope) / (1.0 - 1.5 * slope))
    return floats(lgd * (stressed - pd) * maturing)


def risk_weight(
    pd: ArrayLike,
    lgd: ArrayLike,
    maturity: ArrayLike = 2.5,
    turnover: ArrayLike | None = None,
    retail: ArrayLike = False,
) -> Floats:
    """Return the risk weight, `12.5 K`, as a fraction (0.9232 = 92.32 %).

    Arguments as for `capital_requirement`: pd and lgd fractions, maturity in years, yearly turnover
    in EUR m, all of one shape or broadcast together.
    """
    capital = capital_requirement(pd, lgd, maturity, turnover, retail)
    return floats(RISK_WEIGHT_PER_CAPITAL * capital)


def _between(risky: float, safe: float, decay: float, pd: Floats) -> Floats:
    weight = np.expm1(-decay * pd) / np.expm1(-decay)
    return floats(risky * weight + safe * (1.0 - weight))
