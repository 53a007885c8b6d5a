"""The levers of a bank, by family: what each moves at its extremes, and the verdict."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sim.outcomes import METRICS
from sim.results.table import Block, Cell, Column, Table, estimate, number, words
from sim.results.units import scale_of

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("default_rate", "npl_ratio_mean", "profit", "credit_to_good", "cost")
EXTREMES = ("low", "high")
NOTE = (
    "Changes from the bank as it is, on common seeds, first at the lower and then at the upper "
    "extreme, each with half of its 95 % interval (paired t). A lever that is not one of the "
    "bank's own policies is compared with the bank that has that policy."
)


def lever_table(found: pd.DataFrame) -> Table:
    """Return the table of what `sim.analysis.levers.measured` found."""
    columns = [
        Column("Lever"), Column("Low, high"), Column("Process"), Column("Level", "number"),
        Column("At low"), Column("At high"), Column("Verdict", "verdict"),
        *(Column(_titled(name)) for name in SHOWN),
    ]  # fmt: skip
    rows = [row for _, row in found.iterrows()]
    blocks = [
        Block(family, [_row(row) for row in group])
        for family, group in groupby(rows, lambda row: _family(row["lever"]))
    ]
    seeds, (firms, months, model) = found["n"].max(), found[["firms", "months", "model"]].iloc[0]
    note = f"{NOTE} {seeds:.0f} seeds, {firms:,} firms, {months:,} months, model {model}."
    return Table("levers", "Levers, each at plausible extremes", columns, blocks, note)


def _titled(name: str) -> str:
    title = METRICS[name].title.partition(",")[0]
    return f"{title}, {scale_of(METRICS[name].unit).difference}"


def _family(name: str) -> str:
    head, dot, _ = name.partition(".")
    return head if dot else "branch"


def _row(row: Any) -> list[Cell]:
    needs = f" (with {row['acts_with']})" if row["acts_with"] else ""
    cells = [
        words(row["lever"] + needs),
        words(f"{row['low']}, {row['high']} {row['unit']}"),
        words(row["process"]),
        number(row["level"], 4),
        *(change_of(row, f"process_{side}") for side in EXTREMES),
        words(row["verdict"]),
    ]
    for name in SHOWN:
        factor = scale_of(METRICS[name].unit).factor
        both = (change_of(row, f"{name}_{side}", factor).text for side in EXTREMES)
        cells.append(words("; ".join(both)))
    return cells


def change_of(row: Any, name: str, factor: float = 1.0) -> Cell:
    """Return a change with half of its interval."""
    value, low, high = (factor * float(row[key]) for key in (name, f"{name}_from", f"{name}_to"))
    shown, _ = estimate(value, low, high, sign=True)
    half = (high - low) / 2
    if not half > 0.0:
        return shown
    width, _ = estimate(half, low, high)
    return words(f"{shown.text} \N{PLUS-MINUS SIGN} {width.text}")
