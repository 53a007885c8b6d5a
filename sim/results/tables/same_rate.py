"""What package and measures do where their mean rate is the base's."""

from __future__ import annotations

from typing import Any

from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Column, Row, Table, estimates, number, stored, words


@table("details", 85)
def same_rate(results: Results) -> Table | None:
    """Return the difference from the base of each arm, its margin moved to the base's mean rate."""
    rows, setup = results.known("same_rate"), results.study.get("same_rate")
    if rows is None or not setup:
        return None

    def row(one: Any, factor: float) -> Row:
        margin, gap = 100 * float(one["margin"]), 100 * float(one["gap"])
        return [
            words(results.title_of(one["arm"])),
            *stored(one, "difference", factor, sign=True),
            number(margin, 2, sign=True),
            number(gap, 2, sign=True),
        ]

    return Table(
        "same-rate",
        "At the base's mean rate: package and measures without the price that they change",
        [
            Column("Measure"),
            *estimates("Difference"),
            Column("Added to the margin, percentage points", "number"),
            Column("Gap left, percentage points", "number"),
        ],
        blocks_by_outcome(results, rows, row),
        f"{setup['seeds']:,} seeds. The margin is moved until the mean rate on new loans is the "
        "base's, as nearly as the gap that is left.",
        lead=1,
    )
