"""Numbers as text: as percentages or million CNY, with as many digits as their interval lets know.

Numbers are rounded so that the half-width of their interval has two digits.
"""

from __future__ import annotations

import math
from typing import NamedTuple

MOST_DECIMALS = 4


class Scale(NamedTuple):
    """Factor from stored to shown value, and the unit of a level and of a difference."""

    factor: float
    level: str
    difference: str


SCALES = {
    "share": Scale(100.0, "%", "percentage points"),
    "probability": Scale(100.0, "%", "percentage points"),
    "1/year": Scale(100.0, "% a year", "percentage points a year"),
    "CNY": Scale(1e-6, "CNY million", "CNY million"),
    "count": Scale(1.0, "", ""),
    "ratio": Scale(1.0, "", ""),
}


def scale_of(unit: str) -> Scale:
    """Return how values of a metric's unit are shown."""
    return SCALES.get(unit, Scale(1.0, unit, unit))


def decimals(half_width: float, level: float) -> int:
    """Return the decimals that show two digits of a half-width, or else three of a level."""
    if math.isfinite(half_width) and half_width > 0:
        wanted = 1 - math.floor(math.log10(half_width))
    elif math.isfinite(level) and level != 0:
        wanted = 2 - math.floor(math.log10(abs(level)))
    else:
        wanted = 2
    return max(0, min(MOST_DECIMALS, wanted))


def ordinal(number: int) -> str:
    """Return, for example, ``2nd``, ``11th`` or ``21st``."""
    teens = 10 <= number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def written(value: float, digits: int, sign: bool = False) -> str:
    """Write a number; ``-`` where there is none, and no minus before a zero."""
    if not math.isfinite(value):
        return "-" if math.isnan(value) else "inf"
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    return text.lstrip("+-") if not any(c in "123456789" for c in text) else text


def interval(low: float, high: float, digits: int, sign: bool = False) -> str:
    """Write an interval, or ``-`` where there is none."""
    if math.isnan(low) or math.isnan(high):
        return "-"
    return f"[{written(low, digits, sign)}, {written(high, digits, sign)}]"
