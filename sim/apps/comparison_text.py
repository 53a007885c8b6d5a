"""A comparison as text: a summary of one or two sentences, then every outcome in blocks."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sim.apps.layout import Row, TextColumn, laid_out, screen_width
from sim.report.comparison import GROUPS
from sim.report.reading import reading
from sim.report.units import decimals, interval, scale_of, titled, written

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    TextColumn("", prose=True),
    TextColumn("base", number=True),
    TextColumn("other", number=True),
    TextColumn("differ-\nence", number=True),
    TextColumn("95 %\ninterval", number=True),
    TextColumn("var.\nred.", number=True),
    TextColumn("verdict"),
)
NOTES = (
    "Difference: other - base on the same seeds, averaged; of percentages in percentage points.",
    "Var. red.: variance reduction, how many times more seeds the same precision would have needed "
    "without common random numbers.",
    "Verdict: better or worse (higher or lower where neither is better), with a chance of at most "
    "5 % of any false verdict in the whole table (Holm); undecided: not statistically significant.",
)


def text(table: pd.DataFrame, base: str, months: int, width: int | None = None) -> str:
    """Return the text of a comparison over some months, a section for each other arm and bank."""
    width = width or screen_width()
    several = table["bank"].nunique() > 1
    lines: list[str] = []
    for (other, bank), part in table.groupby(["arm", "bank"], sort=False):
        rows = part.set_index("metric")
        whose = f"; bank: {bank}" if several else ""
        lines += _wrap(f"base: {base}; other: {other}{whose}; {_extent(rows, months)}", width)
        lines += ["", *_wrap(reading(rows, months), width), ""]
        lines += [*laid_out(COLUMNS, blocks(rows), width), ""]
    for note in NOTES:
        lines += _wrap(note, width)
    return "\n".join(lines)


def blocks(rows: pd.DataFrame) -> list[Row]:
    """Return the rows of the table, each group of outcomes under its heading."""
    found: list[Row] = []
    groups = [*GROUPS, *(group for group in rows["group"].unique() if group not in GROUPS)]
    for group in groups:
        part = rows[rows["group"] == group]
        if len(part):
            found.append(GROUPS.get(group, str(group).capitalize()))
            found += [outcome(row) for _, row in part.iterrows()]
    return found


def outcome(row: pd.Series[Any]) -> list[str]:
    """Return the cells of one outcome, in readable units, rounded to the digits that are known."""
    scale = scale_of(row["unit"])
    base, other, difference, low, high = (
        scale.factor * float(row[name]) for name in ("base", "other", "difference", "low", "high")
    )
    digits = decimals((high - low) / 2, base)
    return [
        "  " + titled(row["title"], row["unit"]),
        written(base, digits),
        written(other, digits),
        written(difference, digits, sign=True),
        interval(low, high, digits, sign=True),
        _reduction(float(row["variance_reduction"])),
        str(row["verdict"]),
    ]


def _reduction(value: float) -> str:
    return written(value, 1 if value < 9.95 else 0)


def _extent(rows: pd.DataFrame, months: int) -> str:
    seeds, dropped = int(rows["n"].max()), int(rows["dropped"].max())
    text = f"{seeds:,} seeds" if seeds > 1 else "1 seed, so no interval can be given"
    if dropped:
        text += f" ({dropped:,} left out because a run failed)"
    return f"{text}, {months:,} months"


def _wrap(text: str, width: int) -> list[str]:
    joined = text.replace(" %", "\N{NO-BREAK SPACE}%")  # keep 95 % on one line
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(joined, width)]
