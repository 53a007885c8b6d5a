"""The table cells of a study's text: differences and intervals in readable units."""

from __future__ import annotations

import textwrap
from typing import Any

from sim.core.names import printable
from sim.report.units import decimals, interval, scale_of, written

WAYS = {("lower", "lower"): "better", ("lower", "higher"): "worse",
        ("higher", "higher"): "better", ("higher", "lower"): "worse"}  # fmt: skip


def words_of(name: str) -> tuple[str, str]:
    """Return an outcome's title and unit."""
    from sim.outcomes import METRICS

    return METRICS[name].title, METRICS[name].unit


def better_of(name: str) -> str:
    """Return which way of an outcome is better: lower, higher or none."""
    from sim.outcomes import METRICS

    return METRICS[name].better


def head_of(name: str) -> str:
    """Return an outcome's title with the unit of its differences."""
    title, unit = words_of(name)
    shown = scale_of(unit).difference
    return f"{title}, {shown}" if shown else title


def difference_cells(row: Any, unit: str) -> list[str]:
    """Return a difference and its interval as text in readable units."""
    scale = scale_of(unit).factor
    value, low, high = (scale * float(row[k]) for k in ("difference", "low", "high"))
    digits = decimals((high - low) / 2, value)
    return [written(value, digits, sign=True), interval(low, high, digits, sign=True)]


def way_of(row: Any) -> str:
    """Return better or worse for a row of effects; higher or lower where neither is better."""
    return WAYS.get((str(row["better"]), str(row["verdict"])), str(row["verdict"]))


def wrapped(text: str, width: int) -> list[str]:
    """Return a sentence broken into lines."""
    return textwrap.wrap(printable(text), width, subsequent_indent="  ")
