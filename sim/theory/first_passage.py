"""First passage of a firm's buffer below zero: default as running out of cash.

Buffer x, drift mu and volatility s a year, observed continuously until T:
`Phi((-x-mu T)/(s sqrt T)) + e^(-2 mu x/s^2) Phi((-x+mu T)/(s sqrt T))`.
Reading: this is the chance of touching zero at *any* moment.  With monthly observation,
dips between two observations are missed and the chance is about 27 % lower here; a monthly model
must be compared with `observed`.
"""

from __future__ import annotations

import math

import numpy as np

from sim.credit import normal
from sim.theory.rows import Answer, Example

ROW, TITLE = "l", "chance that a buffer runs out within a time"
EXAMPLES = (
    Example(
        {"buffer": 0.25, "drift": 0.05, "volatility": 0.20, "years": 1.0},
        {"continuous": 0.151729},
        6,
    ),
)


def closed_form(
    buffer: float, drift: float, volatility: float, years: float, looks: int = 12
) -> Answer:
    """Return the chance of touching zero at any moment, and of being below it at one of `looks`."""
    spread, way = volatility * math.sqrt(years), drift * years
    touched = normal.cdf((-buffer - way) / spread)
    mirrored = normal.cdf((-buffer + way) / spread)
    return {
        "continuous": float(touched + math.exp(-2.0 * drift * buffer / volatility**2) * mirrored),
        "observed": observed(buffer, drift, volatility, years, looks),
    }


def observed(buffer: float, drift: float, volatility: float, years: float, looks: int) -> float:
    """Return the chance that the buffer is below zero at one of equally spaced observations.

    Gauss-Legendre quadrature carries the density of the survivors from one observation to the
    next, with nodes closer than an eighth of one step's standard deviation.
    """
    step = years / looks
    sd = volatility * math.sqrt(step)
    reach = buffer + abs(drift) * years + 9.0 * volatility * math.sqrt(years)
    nodes, weights = np.polynomial.legendre.leggauss(max(32, math.ceil(8.0 * reach / sd)))
    at, weights = 0.5 * reach * (nodes + 1.0), 0.5 * reach * weights
    alive = normal.density((at - buffer - drift * step) / sd) / sd
    carry = normal.density((at[:, None] - at[None, :] - drift * step) / sd) / sd * weights
    for _ in range(looks - 1):
        alive = carry @ alive
    return float(1.0 - weights @ alive)
