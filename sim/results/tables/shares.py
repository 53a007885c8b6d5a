"""The attribution of the effect of all measures to each of them (Shapley values)."""

from __future__ import annotations

from typing import Any

from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Column, Row, Table, estimates, number, stored, words


@table("details", 10)
def shares(results: Results) -> Table | None:
    """Return the share of each part in each outcome, the largest first."""
    rows = results.known("attribution")
    if rows is None:
        return None

    def row(one: Any, factor: float) -> Row:
        share = float(one["share"])
        return [
            words(results.title_of(one["package"])),
            *stored(one, "contribution", factor, sign=True),
            number(100 * share, 0 if abs(share) >= 0.095 else 1),
        ]

    return Table(
        "shares",
        "Attribution of the effect of all measures",
        [Column("Measure"), *estimates("Difference"), Column("Share of the total, %", "number")],
        blocks_by_outcome(results, rows.sort_values("share", ascending=False, kind="stable"), row),
        "Shapley values: the average effect of adding a measure, over all orders in which the "
        "measures could be added. They sum to the total effect; a negative share reduces it.",
        lead=1,
    )
