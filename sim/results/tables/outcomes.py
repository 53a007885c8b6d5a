"""Every outcome of arms against a base."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.core.names import PACKAGE
from sim.results.catalogue import table
from sim.results.comparison import GROUPS, group_title
from sim.results.folder import Results
from sim.results.table import (
    DECIDED_BY,
    DECIDING,
    Block,
    Column,
    Row,
    Table,
    decided,
    estimates,
    number,
    words,
)
from sim.results.unchanged import NO_DIFFERENCE, never_differs
from sim.results.units import decimals, scale_of, titled
from sim.results.wording import bank_words

if TYPE_CHECKING:
    import pandas as pd

TABLE = "the whole table"
NOTE = DECIDED_BY + (
    " Difference: within each seed, then averaged; of percentages in percentage points. Variance "
    "reduction: how many times more seeds the same precision would have needed without common "
    "random numbers. Verdict: better or worse (higher or lower where neither is better), with a "
    "chance of at most 5 % of any false verdict in {family} (Holm); undecided: not statistically "
    "significant; the same: in every replication."
)


@table("outcomes", 20)
def outcomes(results: Results) -> list[Table]:
    """Return a table of all outcomes for each arm and bank; a study has that of the package."""
    rows = results.effects
    if rows is None:
        return []
    if results.kind == "study":
        rows = rows[rows["arm"] == PACKAGE]
    titles = {str(arm): results.title_of(str(arm)) for arm in (results.base, *rows["arm"])}
    family = "the outcome's row of all banks and measures" if results.banks else TABLE
    return outcome_tables(rows, results.base, titles, results.base_words, family)


def outcome_tables(
    rows: pd.DataFrame, base: str, titles: dict[str, str], against: str, family: str = TABLE
) -> list[Table]:
    """Return a table for each arm and bank of differences with their deciding intervals.

    `against` names the base in a sentence, `family` the rows that were adjusted together.
    """
    several = rows["bank"].nunique() > 1
    tables: list[Table] = []
    for (arm, bank), part in rows.groupby(["arm", "bank"], sort=False):
        where = f", {bank_words(bank)}" if several else ""
        columns = [
            Column("Outcome"), Column(titles[base], "number"), Column(titles[str(arm)], "number"),
            *estimates("Difference", interval=DECIDING), Column("Variance reduction", "number"),
            Column("Verdict", "verdict"),
        ]  # fmt: skip
        tables.append(
            Table(
                f"outcomes-{len(tables) + 1}" if tables else "outcomes",
                f"{titles[str(arm)]} against {against}{where}: every outcome",
                columns,
                _blocks(part),
                NOTE.format(family=family) + _dropped(part),
            )
        )
    return tables


def _blocks(part: pd.DataFrame) -> list[Block]:
    order = dict.fromkeys([*GROUPS, *part["group"]])
    groups = ((group_title(group), part[part["group"] == group]) for group in order)
    return [
        Block(title, [_row(row) for _, row in rows.iterrows()])
        for title, rows in groups
        if len(rows)
    ]


def _row(row: Any) -> Row:
    scale = scale_of(row["unit"]).factor
    base, other = (scale * float(row[name]) for name in ("base", "other"))
    digits = decimals(scale * float(row["high"] - row["low"]) / 2, base)
    gain = float(row["variance_reduction"])
    gain = gain if math.isfinite(gain) else math.nan  # a difference without any noise has none
    return [
        words(titled(row["title"], row["unit"])),
        number(base, digits),
        number(other, digits),
        *decided(row, scale, level=base),
        number(gain, 1 if gain < 9.95 else 0),
        words(NO_DIFFERENCE if never_differs(row) else row["verdict"]),
    ]


def _dropped(part: pd.DataFrame) -> str:
    dropped = int(part["dropped"].max())
    if not dropped:
        return ""
    if dropped == 1:
        return " 1 seed is left out, because not all of its runs are done."
    return f" {dropped:,} seeds are left out, because not all of their runs are done."
