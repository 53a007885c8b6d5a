"""Signal detection: how well one number separates good firms from bad, and the best cut-off.

Signal x ~ N(d', 1) for good firms and N(0, 1) for bad; share bad pi; a bad loan loses L, a good one
gains g.  `AUC = Phi(d'/sqrt 2)`.  Approving x > c, profit is highest at
`c* = d'/2 + ln(pi L/((1-pi) g))/d'`.  Several signals combine as `d'^2 = d^T Sigma^-1 d`.
Reading: the share of bad firms approved at the best cut-off is *not* monotone in d'; test the
booked bad rate and the profit.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from sim.credit import normal
from sim.theory.rows import Answer, Example

ROW, TITLE = "f", "discrimination of a signal and the most profitable cut-off"
_MARKET = {"share_bad": 0.1, "loss": 0.45, "gain": 0.04}
EXAMPLES = (
    # ln(.1*.45/(.9*.04)) = ln 1.25 = .223144
    Example({**_MARKET, "separation": 1.0}, {"auc": 0.760250, "cut_off": 0.723144}, 6),
)


def closed_form(separation: float, share_bad: float, loss: float, gain: float) -> Answer:
    """Return AUC, the best cut-off, and at that cut-off the booked bad rate and the profit.

    `profit` is per applicant, in the units of `loss` and `gain`.
    """
    odds = share_bad * loss / ((1.0 - share_bad) * gain)
    cut_off = separation / 2.0 + math.log(odds) / separation
    good, bad = approved(separation, cut_off)
    booked_bad, booked_good = share_bad * bad, (1.0 - share_bad) * good
    return {
        "auc": float(normal.cdf(separation / math.sqrt(2.0))),
        "cut_off": cut_off,
        "booked_bad_rate": booked_bad / (booked_bad + booked_good),
        "profit": booked_good * gain - booked_bad * loss,
    }


def approved(separation: float, cut_off: float) -> tuple[float, float]:
    """Return the share of good and of bad firms whose signal is above the cut-off."""
    return float(normal.cdf(separation - cut_off)), float(normal.cdf(-cut_off))


def combined_separation(separations: ArrayLike, correlation: ArrayLike) -> float:
    """Return the d' of the best weighting of signals, shape (k,), with noise correlation (k, k)."""
    each = np.asarray(separations, dtype=float)
    return math.sqrt(float(each @ np.linalg.solve(np.asarray(correlation, dtype=float), each)))
