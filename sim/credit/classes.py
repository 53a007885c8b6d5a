"""The five classes of a loan by days past due, and the provision required for each.

Measures for the Risk Classification of Financial Assets of Commercial Banks (2023); the provision
schedule is that of the 2002 guidelines.  Arrears are measured in days, not months: 30 days for each
missed instalment.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.compiled import elementwise
from sim.credit.domain import floats


class LoanClass(IntEnum):
    """The five classes, from best to worst; the last three are non-performing."""

    NORMAL = 0
    SPECIAL_MENTION = 1
    SUBSTANDARD = 2
    DOUBTFUL = 3
    LOSS = 4


SUBSTANDARD = int(LoanClass.SUBSTANDARD)  # from this class on a loan is non-performing
WORST_DPD = np.array([0, 90, 270, 360])  # days past due at which each class but the last ends
PROVISION_RATE = np.array([0.01, 0.02, 0.25, 0.50, 1.00])  # share of exposure, by class
DEFAULT_DPD = 90  # a loan defaults when it is first more than this many days past due


def classify(dpd: ArrayLike) -> NDArray[np.int8]:
    """Return the class of each loan from its days past due, as `LoanClass` numbers.

    0 days: normal; 1-90: special mention; 91-270: substandard; 271-360: doubtful; beyond: loss.
    """
    return np.asarray(np.searchsorted(WORST_DPD, dpd, side="left"), dtype=np.int8)


def required_provision(by_class: ArrayLike, coverage_min: float = 0.0) -> float:
    """Return the provision (CNY) a book needs: `max(schedule, coverage_min x non-performing)`.

    `by_class` is the exposure in each class, shape (5,).
    """
    return float(provision_of_class(*floats(by_class), coverage_min))


@elementwise
def provision_of_class(normal, special, substandard, doubtful, loss, coverage_min):  # type: ignore[no-untyped-def]
    """Return `required_provision` of exposures by class; numbers or arrays that broadcast."""
    rate = PROVISION_RATE
    performing = rate[0] * normal + rate[1] * special
    scheduled = performing + rate[2] * substandard + rate[3] * doubtful + rate[4] * loss
    return max(scheduled, coverage_min * (substandard + doubtful + loss))
