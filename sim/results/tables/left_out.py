"""The effect that the package loses without each part."""

from __future__ import annotations

from typing import Any

from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Column, Row, Table, estimates, stored, words


@table("details", 50)
def left_out(results: Results) -> Table | None:
    """Return the effect of each part when all others are in place."""
    rows = results.known("leave_one_out")
    if rows is None:
        return None

    def row(one: Any, factor: float) -> Row:
        cells = stored(one, "contribution", factor, sign=True)
        return [words(results.title_of(one["package"])), *cells]

    return Table(
        "left-out",
        "Effect of each measure when all others are in place",
        [Column("Measure"), *estimates("Difference")],
        blocks_by_outcome(results, rows, row),
        "All measures less all measures except this one.",
        lead=1,
    )
