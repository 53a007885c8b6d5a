"""Holm's step-down rule, which limits the chance of any false finding in a whole table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats


def holm(p: ArrayLike) -> Floats:
    """Return Holm-adjusted p-values (Holm 1979); NaN stays NaN and is not counted as a test.

    The k-th smallest of m is multiplied by m - k + 1; none is below a smaller one's, or above 1.
    """
    raw = np.asarray(p, dtype=float)
    adjusted = np.full(raw.shape, np.nan)
    known = np.flatnonzero(np.isfinite(raw))
    ascending = known[np.argsort(raw[known], kind="stable")]
    multiplied = raw[ascending] * np.arange(known.size, 0, -1)
    adjusted[ascending] = np.minimum(np.maximum.accumulate(multiplied), 1.0)
    return adjusted


def holm_levels(p: ArrayLike, alpha: float) -> Floats:
    """Return the level at which Holm's rule tests each p-value, shape (m,).

    The smallest p is compared with alpha/m, the next with alpha/(m-1), and from the first failure
    on all with the level of that failure.  So `p <= level` says exactly what `holm(p) <= alpha`
    says, and an interval of coverage ``1 - level`` agrees with the verdict.
    """
    raw = np.asarray(p, dtype=float)
    levels = np.empty(len(raw))
    left = len(raw)
    failed = False
    for i in np.argsort(raw, kind="stable"):
        levels[i] = alpha / left
        failed = failed or raw[i] > levels[i]
        if not failed:
            left -= 1
    return levels
