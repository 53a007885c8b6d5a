"""How to show that an arm is no worse than another by more than a margin.

An interval that covers zero does not show equality; two one-sided tests against a margin set
beforehand do (TOST, Schuirmann 1987).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import constant, finite, t_interval
from sim.core.errors import RequestError


class Equivalence(NamedTuple):
    """A paired difference tested against -margin and +margin, each one-sided.

    `low`, `high` bound the interval of coverage 2 level - 1 that belongs to the two tests.
    """

    difference: float
    low: float
    high: float
    p_above: float  # small: the difference lies above -margin
    p_below: float  # small: the difference lies below +margin
    n: int
    identical: bool  # the arms agree in every seed: nothing was changed

    @property
    def p(self) -> float:
        """Return the p-value of equivalence: the worse of the two tests."""
        return max(self.p_above, self.p_below)


def equivalence(differences: ArrayLike, margin: float, level: float = 0.95) -> Equivalence:
    """Test whether the mean paired difference lies within ``(-margin, margin)``."""
    if not margin > 0:
        raise RequestError(f"margin {margin:g} must be above zero: set the difference that matters")
    x = finite(differences)
    found = t_interval(x, 2 * level - 1)
    identical = len(x) > 0 and not x.any()
    if len(x) < 2:
        return Equivalence(found.mean, np.nan, np.nan, 1.0, 1.0, len(x), identical)
    if constant(x):
        # the sign test's p-value stands in for a standard error of zero
        sure = 0.5 ** len(x)
        above = sure if found.mean > -margin else 1.0
        below = sure if found.mean < margin else 1.0
        return Equivalence(found.mean, found.low, found.high, above, below, len(x), identical)
    from statsmodels.stats.weightstats import DescrStatsW

    _, (_, above, _), (_, below, _) = DescrStatsW(x).ttost_mean(-margin, margin)
    return Equivalence(
        found.mean, found.low, found.high, float(above), float(below), len(x), identical
    )
