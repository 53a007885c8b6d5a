"""Claims outside a study, judged by themselves: those of a plan, and of the literature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.results.table import EMPTY, Block, Column, Row, Table, estimates, number, stored, words
from sim.results.tables.verdicts import INTERVAL

if TYPE_CHECKING:
    import pandas as pd


def claims_table(found: Mapping[str, pd.DataFrame]) -> Table:
    """Return a table with a block of claims under each heading, differences in stored units."""
    columns = [
        Column("Claim"),
        Column("Verdict", "verdict"),
        *estimates("Difference, in the unit of the outcome", interval=INTERVAL),
        Column("Seeds", "number"),
    ]
    blocks = [
        Block(heading, [_row(row) for _, row in verdicts.iterrows()])
        for heading, verdicts in found.items()
    ]
    return Table("claims", "Claims, each with the deciding difference", columns, blocks)


def _row(row: Any) -> Row:
    # identical arms and single seeds have no interval
    cells = stored(row, "difference", sign=True) if row["low"] < row["high"] else EMPTY
    return [words(row["statement"]), words(row["verdict"]), *cells, number(row["n"], 0)]
