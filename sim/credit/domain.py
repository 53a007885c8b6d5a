"""What the formulas of this package accept: numbers or arrays inside a stated range.

Most formulas would accept a probability of 3 or a rate of 7.4 (for 7.4 %) without an error, so the
public ones refuse values outside their range and name them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.errors import RequestError


def floats(value: ArrayLike) -> Floats:
    """Return numbers or arrays as floats; an array without axes becomes a number."""
    if type(value) is np.ndarray and value.dtype == np.float64 and value.ndim:
        return value
    result: Floats = np.asarray(value, dtype=float)[()]
    return result


def within(
    name: str,
    value: ArrayLike,
    low: float,
    high: float = np.inf,
    *,
    above: bool = False,
    below: bool = False,
) -> Floats:
    """Return `value` as floats if all of it lies in [low, high].

    `above` excludes `low` itself and `below` excludes `high`.  Raises `RequestError` that names the
    first value outside; NaN is outside.
    """
    array = floats(value)
    inside = (array > low if above else array >= low) & (array < high if below else array <= high)
    if not inside.all():
        found = np.extract(~inside, array)[0]
        left, right = "(" if above else "[", ")" if below or high == np.inf else "]"
        raise RequestError(f"{name} is {found:g}; it must lie in {left}{low:g}, {high:g}{right}")
    return array


def probability(name: str, value: ArrayLike) -> Floats:
    """Return `value` as floats if all of it lies in [0, 1]; raise `RequestError` otherwise."""
    return within(name, value, 0.0, 1.0)
