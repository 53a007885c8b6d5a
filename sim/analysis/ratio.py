"""The price of one avoided default, with Fieller's interval, or why there is none.

A ratio of two noisy means has no mean of its own.  Fieller's interval keeps its coverage where a
plain standard error does not; if the denominator may be zero, no number is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.contrasts import contrast
from sim.analysis.frames import Unmatched, panel
from sim.analysis.intervals import t_interval

if TYPE_CHECKING:
    from pandas import DataFrame


class Ratio(NamedTuple):
    """A ratio of means with its interval; where there is none, all are NaN and `why` says why."""

    ratio: float
    low: float
    high: float
    n: int
    why: str


def fieller(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Ratio:
    """Return ``mean(numerator) / mean(denominator)`` of paired values (n,) with its interval.

    The interval holds every R for which the mean of ``a - R b`` does not differ from zero
    (Fieller 1954): the roots of ``(b^2 - t^2 s_bb/n) R^2 - 2 (ab - t^2 s_ab/n) R
    + (a^2 - t^2 s_aa/n)``.  There is none if the denominator's t interval covers zero.
    """
    a, b = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    both = np.isfinite(a) & np.isfinite(b)
    a, b, n = a[both], b[both], int(both.sum())
    below = t_interval(b, level)
    if n < 2:
        return Ratio(np.nan, np.nan, np.nan, n, "fewer than two seeds have both values")
    if below.low <= 0 <= below.high:
        why = f"the denominator {below.mean:.4g} [{below.low:.4g}, {below.high:.4g}] may be zero"
        return Ratio(np.nan, np.nan, np.nan, n, why)
    from scipy import stats

    t2 = stats.t.ppf((1 + level) / 2, n - 1) ** 2 / n
    (s_aa, s_ab), (_, s_bb) = np.cov(a, b)
    top, bottom = a.mean(), b.mean()
    square = bottom**2 - t2 * s_bb  # positive, because the interval of b excludes zero
    cross = top * bottom - t2 * s_ab
    root = np.sqrt(max(0.0, cross**2 - square * (top**2 - t2 * s_aa)))
    return Ratio(
        float(top / bottom), float((cross - root) / square), float((cross + root) / square), n, ""
    )


def cost_per_avoided_default(
    runs: DataFrame,
    base: str,
    other: str,
    *,
    cost: Mapping[str, float],
    defaults: str,
    bank: str | None = None,
    level: float = 0.95,
    unmatched: Unmatched = "refuse",
) -> Ratio:
    """Return the extra cost of `other` over `base` per default that it avoids, CNY per default.

    `cost` maps metrics in CNY to weights, such as ``{"operating_cost": 1, "value_forgone": 1}``
    or ``{"profit": -1}``; `defaults` is a metric that counts defaults.  None (NaN) where the
    number avoided may be zero, or is negative.
    """
    both = panel(runs, [base, other], [*cost, defaults], bank, unmatched)
    extra = np.zeros(len(both.seeds))
    for name, weight in cost.items():
        extra += weight * contrast(both, {other: 1.0, base: -1.0}, name).values
    avoided = contrast(both, {base: 1.0, other: -1.0}, defaults).values
    found = fieller(extra, avoided, level)
    if found.why.startswith("the denominator"):
        return found._replace(why=found.why.replace("the denominator", "the number avoided"))
    if found.n > 1 and t_interval(avoided[np.isfinite(extra)], level).high < 0:
        return Ratio(np.nan, np.nan, np.nan, found.n, "defaults rose, so none was avoided")
    return found
