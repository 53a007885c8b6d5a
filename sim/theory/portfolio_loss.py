"""Vasicek's portfolio loss: one shared factor makes defaults cluster.

Quantile `Phi((G(PD) + sqrt(rho) G(q))/sqrt(1-rho))` and variance `Phi2(G(PD),G(PD);rho) - PD^2` of
the default rate.  Reading: a book of infinitely many equal loans; for N loans use
`sim.credit.vasicek.default_count_distribution`, whose quantile is higher.
"""

from __future__ import annotations

from sim.credit import vasicek
from sim.theory.rows import Answer, Example

ROW, TITLE = "a", "loss of an infinitely fine book under one common factor"
EXAMPLES = (Example({"pd": 0.05, "rho": 0.12, "q": 0.99}, {"loss_quantile": 0.185565}, 6),)


def closed_form(pd: float, rho: float, q: float) -> Answer:
    """Return the loss that is exceeded with chance 1-q, and the variance of the loss."""
    return {
        "loss_quantile": float(vasicek.loss_quantile(q, pd, rho)),
        "variance": float(vasicek.loss_variance(pd, rho)),
    }
