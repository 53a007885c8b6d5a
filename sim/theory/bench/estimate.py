"""Estimates from trials: a number and its standard error from sampling."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats

ROUNDING = 1e-9


class Measured(NamedTuple):
    """A simulated number; a standard error of 0 means that it has no randomness.

    Then it must equal the closed form within `tolerance`, relative to the larger of it and 1.
    """

    value: float
    standard_error: float = 0.0
    tolerance: float = ROUNDING


def exact(value: ArrayLike, tolerance: float = ROUNDING) -> Measured:
    """Return a number without randomness; of several, the one farthest from their median.

    So a number that differs from the others is found.
    """
    values = np.atleast_1d(np.asarray(value, dtype=float))
    worst = values[np.argmax(np.abs(values - np.median(values)))]
    return Measured(float(worst), 0.0, tolerance)


def share(hits: float, cases: float) -> Measured:
    """Return the share of independent cases in which something happened.

    The error is taken at (hits + 1)/(cases + 2), so that it is not 0 when none or all did.
    """
    middle = (hits + 1.0) / (cases + 2.0)
    return Measured(float(hits / cases), math.sqrt(middle * (1.0 - middle) / cases))


def mean(values: ArrayLike) -> Measured:
    """Return the mean of independent values."""
    values = np.asarray(values, dtype=float)
    return Measured(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(values.size))


def ratio(top: Floats, bottom: Floats) -> Measured:
    """Return sum(top)/sum(bottom) over independent runs, with its linearised error."""
    value, effect = _linear(top, bottom)
    return Measured(value, mean(effect).standard_error)


def difference(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Measured:
    """Return the ratio of `one` less that of `other`, both (top, bottom) over the same runs."""
    (first, effect), (second, other_effect) = _linear(*one), _linear(*other)
    return Measured(first - second, mean(effect - other_effect).standard_error)


def _linear(top: Floats, bottom: Floats) -> tuple[float, Floats]:
    """Return a ratio of sums and each run's linear effect on it, (runs,)."""
    value = float(top.sum() / bottom.sum())
    return value, (top - value * bottom) / bottom.mean()
