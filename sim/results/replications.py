"""Findings of the field beside the model's numbers: published, found, verdict and role."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.results.table import NONE, Block, Cell, Column, Row, Table, ends, number, words
from sim.results.units import decimals

if TYPE_CHECKING:
    import pandas as pd

UNITS = {"%": " %", "points": " points", "months": " months"}  # a ratio has no unit to show


def replications_table(found: Mapping[str, pd.DataFrame], note: str = "") -> Table:
    """Return a table with a block of findings under each heading, numbers in published units."""
    columns = [
        Column("Finding"),
        Column("Published"),
        Column("Grades, read"),
        Column("Model"),
        Column("Verdict", "verdict"),
        Column("Role"),
    ]
    blocks = [
        Block(heading, [_row(row) for _, row in rows.iterrows()]) for heading, rows in found.items()
    ]
    return Table("field", "Findings of the field and the model", columns, blocks, note)


def _row(row: Any) -> Row:
    return [
        words(row["measured"]),
        _published(row),
        words(f"{row['grade']}, {row['interval_grade']}, {row['read']}"),
        _model(row),
        words(row["verdict"]),
        words(row["role"]),
    ]


def _published(row: Any) -> Cell:
    """Return a published number and its interval, as published; an open end in words."""
    value, low, high = (float(row[f"published{end}"]) for end in ("", "_low", "_high"))
    unit = UNITS.get(row["unit"], "")
    if not math.isfinite(low):
        span = f"below {_plain(high)}"
    elif not math.isfinite(high):
        span = f"above {_plain(low)}"
    else:
        span = f"[{_plain(low)}, {_plain(high)}]"
    text = f"{_plain(value)}{unit} {span}" if math.isfinite(value) else f"{span}{unit}"
    return Cell(text, (value, low, high))


def _model(row: Any) -> Cell:
    """Return the model's number and its interval, rounded to the digits that are known."""
    value, low, high = (float(row[name]) for name in ("found", "low", "high"))
    if not math.isfinite(value):
        return Cell(NONE)
    digits = decimals((high - low) / 2, value)
    text = number(value, digits).text + UNITS.get(row["unit"], "")
    if math.isfinite(low) and math.isfinite(high):
        text += f" {ends(low, high, digits).text}"
    return Cell(text, (value, low, high))


def _plain(value: float) -> str:
    """Return a number with the digits with which it was published."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
