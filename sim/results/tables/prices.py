"""The cost per avoided default of each measure, and the break-even cost of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import NONE, Block, Cell, Column, Row, Table, ends, estimates, number, words
from sim.results.units import decimals, interval, written
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"operating cost": "Operating cost", "profit given up": "Profit given up"}


@table("details", 30)
def prices(results: Results) -> Table | None:
    """Return the cost per avoided default with Fieller's interval; a block for each bank."""
    rows = results.known("prices")
    if rows is None:
        return None
    if "bank" not in rows:
        rows = rows.assign(bank="")
    blocks = [
        Block(
            plain(str(bank)),
            [_row(results, arm, part[part["arm"] == arm]) for arm in dict.fromkeys(part["arm"])],
        )
        for bank, part in rows.groupby("bank", sort=False)
    ]
    return Table(
        "prices",
        "Cost per avoided default, CNY thousand",
        [Column("Measure"), *estimates(*KINDS.values())],
        blocks,
        "None: defaults avoided are not significantly different from zero, or defaults rose. "
        "A default is also avoided where a loan is not made: read a price beside the default rate "
        "and the credit that is lost. "
        "Profit given up: cost less the savings on losses and the change of income on other loans; "
        "below zero, the measure avoids defaults and also raises profit. " + break_even(results),
    )


def _row(results: Results, arm: str, rows: pd.DataFrame) -> Row:
    cells = [words(results.title_of(arm))]
    for kind in KINDS:
        one = rows[rows["kind"] == kind].iloc[0]
        if one["why"]:
            cells += [Cell("none"), Cell(NONE)]
            continue
        price, low, high = (float(one[k]) / 1e3 for k in ("price", "low", "high"))
        cells += [number(price, 0), ends(low, high, 0)]
    return cells


def break_even(results: Results) -> str:
    """Return the break-even cost of the measures in a sentence; empty if it is not known."""
    rows = results.known("break_even")
    if rows is None:
        return ""
    one = rows.iloc[0]
    if one["why"]:
        return f"Break-even: none, since {one['why']}."
    multiple, low, high = (float(one[k]) for k in ("multiple", "low", "high"))
    digits = min(2, decimals((high - low) / 2, multiple))
    size = f"{written(multiple, digits)} times (95 % interval {interval(low, high, digits)})"
    return (
        f"Break-even: profit with all measures would equal profit without them if their extra cost "
        f"were {size} its present level; below 0, profit would fall even if they cost nothing."
    )
