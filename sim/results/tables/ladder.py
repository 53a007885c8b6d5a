"""Measures added one by one, in the order given and in the best order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, number, stored, words
from sim.results.units import decimals, scale_of, titled

if TYPE_CHECKING:
    import pandas as pd

ORDERS = {"thesis": "in the order given", "best": "best next step first"}
BOTH = "in the order given, which is also the best next step first"


@table("details", 70)
def ladder(results: Results) -> Table | None:
    """Return a block for each outcome and order."""
    rows = results.known("ladders")
    if rows is None or rows["position"].max() < 2:
        return None  # a single measure is one step, shown elsewhere
    if same := _same_order(rows):
        rows = rows[rows["order"] == "thesis"]
    blocks = []
    for name in dict.fromkeys(rows["metric"]):
        metric, mine = METRICS[name], rows[rows["metric"] == name]
        for order, part in mine.groupby("order", sort=False):
            words_of_order = BOTH if same else ORDERS.get(str(order), order)
            heading = f"{titled(metric.title, metric.unit)}, {words_of_order}"
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
        lead=1 if same else len(ORDERS),
    )


def _same_order(rows: pd.DataFrame) -> bool:
    """Return whether the order given is the best one, so that one ladder shows both."""
    orders = [
        tuple(part.drop_duplicates("position").sort_values("position")["package"].fillna(""))
        for _, part in rows.groupby("order", sort=False)
    ]
    return len(orders) > 1 and len(set(orders)) == 1


def _row(results: Results, one: Any, factor: float) -> Row:
    step = {"low": one["step_low"], "high": one["step_high"], "step": one["step"]}
    value = factor * float(one["value"])
    half = factor * float(one["change_high"] - one["change_low"]) / 2
    name = results.title_of(one["package"] or "base")
    cells = stored(step, "step", factor, sign=True) if one["position"] else (Cell(""), Cell(""))
    return [words(name), number(value, decimals(half, value)), *cells]
