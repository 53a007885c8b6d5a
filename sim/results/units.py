"""The titles of outcomes with the unit that their numbers are shown in, and digits of a drawing.

How a number is written is in `sim.core.numbers_as_text`, since verdicts follow the same rules.
"""

from __future__ import annotations

from sim.core.numbers_as_text import (
    MOST_DECIMALS,
    SCALES,
    Scale,
    decimals,
    interval,
    scale_of,
    written,
)


def titled(title: str, unit: str) -> str:
    """Return a metric's title with the unit that its numbers are shown in."""
    shown = scale_of(unit).level
    # "Days to decision" needs no ", days"
    named = not shown or (shown.isalpha() and shown in title.lower().split())
    return title if named else f"{title}, {shown}"


def coarse(half_width: float, level: float) -> int:
    """Return the decimals that show one digit of a half-width, enough beside a drawn bar."""
    return max(0, decimals(half_width, level) - 1)


__all__ = [
    "MOST_DECIMALS", "SCALES", "Scale", "coarse", "decimals", "interval", "scale_of", "titled",
    "written",
]  # fmt: skip
