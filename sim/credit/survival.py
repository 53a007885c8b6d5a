"""Survival of loans: the Kaplan-Meier estimate, which counts a loan as long as it was seen.

A loan that is repaid, or still alive when watching ends, has not defaulted as far as it was seen;
leaving it out, or counting it as sound for good, would misstate the chance of default by age.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.credit.domain import Floats, floats


class Survival(NamedTuple):
    """Share of loans not yet defaulted by each age, and its standard error, of the same shape."""

    share: Floats
    standard_error: Floats


def kaplan_meier(at_risk: ArrayLike, defaults: ArrayLike) -> Survival:
    """Return S(a) = prod_{s <= a} (1 - d_s / n_s) and Greenwood's standard error of it.

    `at_risk` and `defaults` (..., ages) count the loans under watch at an age, before anything
    happens at it, and those of them that default at it.  An age at which no loan is at risk leaves
    the share as it was.  The error is S sqrt(sum d / (n (n - d))), 0 once S is 0.
    Kaplan and Meier (1958); Greenwood (1926).
    """
    n, d = floats(at_risk), floats(defaults)
    share = np.cumprod(1.0 - d / np.maximum(n, 1.0), axis=-1)
    alive = np.maximum(n - d, 1.0)
    spread = np.sqrt(np.cumsum(d / (np.maximum(n, 1.0) * alive), axis=-1))
    return Survival(floats(share), floats(share * spread))
