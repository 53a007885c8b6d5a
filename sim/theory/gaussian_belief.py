"""Linear-Gaussian belief, and the PD of a firm whose quality is known only imprecisely.

Signal `x = theta + e` of precision tau: `1/v' = 1/v + tau`, `m' = v'(m/v + tau x)`.  If the PD
given theta is `Phi(a - b theta)`, then `PD_hat = Phi((a - b m)/sqrt(1 + b^2 v))`.
Reading: exact for one quality; after a paid or missed instalment the belief is replaced by the
Gaussian of the same mean and variance (`sim.credit.belief.update_on_outcome`).
"""

from __future__ import annotations

from sim.credit import belief
from sim.theory.rows import Answer, Example

ROW, TITLE = "m", "belief after a signal, and its PD"
EXAMPLES = (
    Example(
        {
            "mean": 0.0,
            "variance": 1.0,
            "signal": 1.0,
            "precision": 3.0,
            "intercept": -1.85,
            "slope": 0.65,
        },
        {"mean": 0.75, "variance": 0.25, "pd": 0.013106},
        6,
    ),
)


def closed_form(
    mean: float, variance: float, signal: float, precision: float, intercept: float, slope: float
) -> Answer:
    """Return the mean and variance after the signal, and the PD then."""
    after = belief.update(mean, variance, signal, precision)
    pd = belief.default_probability(after.mean, after.variance, intercept, slope)
    return {"mean": float(after.mean), "variance": float(after.variance), "pd": float(pd)}
