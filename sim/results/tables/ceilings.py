"""What could be gained at most on the same base, beside what the package gains; not judged."""

from __future__ import annotations

from typing import Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Column, Row, Table, estimates, stored, words
from sim.results.units import scale_of

TITLES = {
    "ceiling_screening": "Perfect screening only",
    "ceiling_care": "Perfect care only",
    "ceiling_recovery": "Perfect recovery only",
    "ceiling_all": "All three",
}
NOTE = (
    "They answer before or after the loan without anyone's ranges. Perfect screening lends to "
    "every applicant whose true risk its rate covers and to no other. Perfect care lets nobody "
    "divert, and eases the loan of every borrower who is short of cash, before it is overdue. "
    "Perfect recovery brings back all principal at default. Nobody could do so, at any cost; none "
    "is judged."
)


@table("details", 20)
def ceilings(results: Results) -> Table | None:
    """Return package and ceilings, a block for each outcome."""
    rows = results.known("ceilings")
    if rows is None:
        return None
    blocks = []
    for metric, part in rows.groupby("metric", sort=False):
        one = METRICS[str(metric)]
        unit = scale_of(one.unit)
        heading = f"{one.title}, {unit.difference}" if unit.difference else one.title
        blocks.append(
            Block(heading, [_row(results, row, unit.factor) for _, row in part.iterrows()])
        )
    return Table(
        "ceilings",
        "Ceilings: what could be gained at most on this base",
        [Column("Arm"), *estimates("Difference from the base")],
        blocks,
        NOTE,
        lead=3,
    )


def _row(results: Results, row: Any, factor: float) -> Row:
    arm = str(row["arm"])
    return [
        words(TITLES.get(arm) or results.title_of(arm)),
        *stored(row, "difference", factor, True),
    ]
