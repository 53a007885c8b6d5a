"""When the model agrees with a published number: by the two intervals alone.

An overlap is not enough.  An interval so wide that it overlaps with nearly everything, or that
holds "no effect" where an effect was published, decides nothing.
"""

from __future__ import annotations

import math
from typing import Literal

Verdict = Literal["agrees", "disagrees", "undecided", "not shown"]
RULE = (
    "The model agrees where its 95 % interval overlaps the published one, is no wider than it, and "
    "does not hold zero effect where the published one excludes it or ends there. It disagrees "
    "where the two do not overlap; all else is undecided. Where only a direction is published, the "
    "interval begins or ends at zero effect. Intervals are not adjusted for the number of findings."
)


def verdict_of(
    found: tuple[float, float], published: tuple[float, float], no_effect: float | None
) -> Verdict:
    """Return the verdict on an interval, given the published one and what means no effect.

    Open ends are infinite; a level has no `no_effect`.  NaN: the model has no interval.
    """
    low, high = found
    first, last = published
    if math.isnan(low) or math.isnan(high):
        return "undecided"
    if high < first or low > last:
        return "disagrees"
    if high - low > last - first:
        return "undecided"
    if no_effect is not None and low <= no_effect <= high and not first < no_effect < last:
        return "undecided"
    return "agrees"
