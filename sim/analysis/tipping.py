"""On which quantity a claim depends most, and at which value of it the claim turns.

The measure is the correlation, over the points, of each quantity with how far the claim is from
failing.  Whether it could be chance is asked by permutation: whole points change places, with all
their ranges, since a point has its seeds and its place in common; and the largest correlation of
any quantity is compared, so that looking at many quantities gives no more false findings than one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats

SHUFFLES = 1999
SHUFFLE_KEY = 20_187  # fixed, so that a study has the same answer each time


class Dependence(NamedTuple):
    """The quantity (its column), its correlation, the adjusted p, and where the claim turns."""

    quantity: int
    correlation: float
    p: float
    tips_at: float  # on the scale of the quantity; NaN if not between its lowest and highest


def dependence(x: Floats, distance: Floats) -> Dependence | None:
    """Return what a claim depends on most; None if its distance is the same everywhere.

    `x` is (ranges, points, quantities) on the scale where ranges are declared; `distance` is
    (ranges, points), above 0 where the claim holds.  Points without a value in some range are left
    out.  The turn is where the straight line of the distance on that quantity crosses 0.
    """
    known = np.isfinite(distance).all(axis=0)
    x, y = x[:, known], distance[:, known]
    if y.shape[1] < 3 or np.ptp(y) == 0.0:
        return None
    flat = x.reshape(-1, x.shape[2])
    unit = _standard(flat)
    found = unit.T @ _standard(y.reshape(-1, 1))[:, 0]
    first = int(np.argmax(np.abs(found)))
    rng = np.random.default_rng(SHUFFLE_KEY)
    as_large = 1
    for _ in range(SHUFFLES):
        other = y[:, rng.permutation(y.shape[1])].reshape(-1, 1)
        as_large += np.abs(unit.T @ _standard(other)[:, 0]).max() >= abs(found[first]) - 1e-12
    return Dependence(
        first, float(found[first]), as_large / (SHUFFLES + 1), _turn(flat[:, first], y.ravel())
    )


def _standard(columns: Floats) -> Floats:
    """Return columns with mean 0 and length 1; constant ones are all 0."""
    centred = columns - columns.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    result: Floats = centred / np.where(length > 0.0, length, 1.0)
    return result


def _turn(x: Floats, y: Floats) -> float:
    """Return where the least-squares line of y on x crosses 0, NaN if outside the values of x."""
    slope, level = np.polyfit(x, y, 1)
    at = -level / slope if slope else np.nan
    return float(at) if x.min() <= at <= x.max() else np.nan
