"""Months: the step of time, of 30 days each, and what is left after one of what fades."""

from __future__ import annotations

MONTH_DAYS = 30  # days in a month


def monthly_fading(half_life: float) -> float:
    """Return the share of a sum that is left after a month; `half_life` is in months."""
    return float(0.5 ** (1.0 / half_life))
