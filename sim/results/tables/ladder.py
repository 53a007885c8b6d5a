"""Measures added one by one, in the thesis's and in the best order."""

from __future__ import annotations

from typing import Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, number, stored, words
from sim.results.units import decimals, scale_of, titled

ORDERS = {"thesis": "in the thesis's order", "best": "best next step first"}


@table("details", 70)
def ladder(results: Results) -> Table | None:
    """Return a block for each outcome and order."""
    rows = results.known("ladders")
    if rows is None:
        return None
    blocks = []
    for name in dict.fromkeys(rows["metric"]):
        metric, mine = METRICS[name], rows[rows["metric"] == name]
        for order, part in mine.groupby("order", sort=False):
            heading = f"{titled(metric.title, metric.unit)}, {ORDERS.get(str(order), order)}"
            factor = scale_of(metric.unit).factor
            blocks.append(
                Block(heading, [_row(results, one, factor) for _, one in part.iterrows()])
            )
    return Table(
        "ladder",
        "Measures added one by one",
        [Column("Measure added"), Column("Level reached", "number"), *estimates("This step")],
        blocks,
        "Each row includes the measures of the rows above it. Each best step is selected and "
        "measured on the same seeds, so its effect is slightly overstated.",
        lead=len(ORDERS),
    )


def _row(results: Results, one: Any, factor: float) -> Row:
    step = {"low": one["step_low"], "high": one["step_high"], "step": one["step"]}
    value = factor * float(one["value"])
    half = factor * float(one["change_high"] - one["change_low"]) / 2
    name = results.title_of(one["package"] or "base")
    cells = stored(step, "step", factor, sign=True) if one["position"] else (Cell(""), Cell(""))
    return [words(name), number(value, decimals(half, value)), *cells]
