"""Survival of loans: the Kaplan-Meier estimate, which counts a loan as long as it is observed.

A loan that is repaid, or still live when observation ends, is censored.  Leaving it out, or
counting it as never defaulting, would bias the chance of default by age.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.credit.domain import floats


class Survival(NamedTuple):
    """Share of loans not yet defaulted by each age, and its standard error, of the same shape."""

    share: Floats
    standard_error: Floats


def kaplan_meier(at_risk: ArrayLike, defaults: ArrayLike) -> Survival:
    """Return S(a) = prod_{s <= a} (1 - d_s / n_s) and Greenwood's standard error of it.

    `at_risk` (..., ages) counts the loans observed at the start of each age, and `defaults`
    (..., ages) those of them that default at that age.  An age at which no loan is at risk leaves
    the share unchanged.  The error is S sqrt(sum d / (n (n - d))), 0 once S is 0.
    Kaplan and Meier (1958); Greenwood (1926).
    """
    n, d = floats(at_risk), floats(defaults)
    share = np.cumprod(1.0 - d / np.maximum(n, 1.0), axis=-1)
    surviving = np.maximum(n - d, 1.0)
    spread = np.sqrt(np.cumsum(d / (np.maximum(n, 1.0) * surviving), axis=-1))
    return Survival(floats(share), floats(share * spread))
