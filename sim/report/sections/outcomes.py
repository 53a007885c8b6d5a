"""Every outcome of arms against a base, and its summary in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.names import BASE, PACKAGE
from sim.report.comparison import GROUPS, compared, worded
from sim.report.reading import reading
from sim.report.results import Results
from sim.report.tables import Block, Cell, ReportTable, TableColumn, estimate, number, stored, words
from sim.report.units import decimals, scale_of, titled
from sim.report.wording import bank_words

if TYPE_CHECKING:
    import pandas as pd

ALPHA = 0.05
NOTE = (
    "Difference: within each seed, then averaged; of percentages in percentage points. Verdicts "
    "are corrected for all outcomes of the table (Holm)."
)
REDUCTION = (
    " Variance reduction: how many times more seeds the same precision would have needed without "
    "common random numbers."
)


class Effects(NamedTuple):
    """The differences from a base: rows as `worded` returns them, with column `arm`; the base."""

    rows: pd.DataFrame
    base: str


def effects_of(results: Results) -> Effects | None:
    """Return all differences of a folder; None if nothing is compared.

    For a finished study and a comparison they are read, or computed again from the runs; for an
    interrupted study they cover base and package as far as these are done.
    """
    if not results.done:
        return None
    if results.kind == "study" and (table := results.table("effects")) is not None:
        return Effects(worded(_as_compared(table)), BASE)
    if results.kind == "run" or results.banks:
        return None
    if results.kind == "compare" and (table := results.comparison) is not None:
        return Effects(worded(table), results.arms[0])
    base, *others = [BASE, PACKAGE] if results.kind == "study" else results.arms
    seeds = results.runs.groupby("arm")["seed"].agg(set)
    known = [arm for arm in others if arm in seeds and base in seeds and seeds[arm] & seeds[base]]
    return Effects(compared(results.runs, base, known), base) if known else None


def _as_compared(table: pd.DataFrame) -> pd.DataFrame:
    """Return effects with the columns missing in the table of several banks."""
    if "verdict" in table:
        return table
    decided = (table["p_holm"] <= ALPHA) & (table["difference"] != 0)
    way = (table["difference"] > 0).map({True: "higher", False: "lower"})
    verdict = way.where(decided, "undecided")
    return table.assign(verdict=verdict, dropped=0, variance_reduction=float("nan"))


def in_short(results: Results, effects: Effects) -> list[tuple[str, str]]:
    """Return, for each main arm, its title and the summary of its effects in two sentences."""
    rows = effects.rows
    if results.kind == "study":
        rows = rows[rows["arm"] == PACKAGE]
    several = rows["bank"].nunique() > 1
    found = []
    for (arm, bank), part in rows.groupby(["arm", "bank"], sort=False):
        name = results.title_of(str(arm)) + (f", {bank_words(bank)}" if several else "")
        found.append((name, reading(part.set_index("metric"), results.horizon)))
    return found


def outcome_tables(results: Results, effects: Effects) -> list[ReportTable]:
    """Return a table of all outcomes for each arm and bank; a study's first is the package."""
    rows = effects.rows
    several = rows["bank"].nunique() > 1
    tables: list[ReportTable] = []
    arms = list(dict.fromkeys(rows["arm"]))
    if results.kind == "study":
        arms = [PACKAGE] if PACKAGE in arms else []
    for arm in arms:
        for bank, part in rows[rows["arm"] == arm].groupby("bank", sort=False):
            name = results.title_of(str(arm))
            where = f", {bank_words(bank)}" if several else ""
            tables.append(
                ReportTable(
                    f"outcomes-{len(tables) + 1}" if len(tables) else "outcomes",
                    f"{name} against {results.base_words}{where}: every outcome",
                    _columns(results.title_of(effects.base), name),
                    _blocks(part),
                    NOTE + REDUCTION + _dropped(part),
                )
            )
    return tables


def difference_cells(row: Any) -> tuple[Cell, Cell]:
    """Return a difference and its interval in the unit shown, rounded to known digits."""
    return stored(row, "difference", scale_of(row["unit"]).factor, sign=True)


def _columns(base: str, other: str) -> Sequence[TableColumn]:
    return (
        TableColumn("Outcome"),
        TableColumn(base, "number"),
        TableColumn(other, "number"),
        TableColumn("Difference", "number"),
        TableColumn("95 % interval", "interval"),
        TableColumn("Variance reduction", "number"),
        TableColumn("Verdict", "verdict"),
    )


def _blocks(part: pd.DataFrame) -> list[Block]:
    groups = [*GROUPS, *(group for group in part["group"].unique() if group not in GROUPS)]
    return [
        Block(GROUPS.get(group, str(group).capitalize()), [_row(row) for _, row in rows.iterrows()])
        for group in groups
        if len(rows := part[part["group"] == group])
    ]


def _row(row: pd.Series[Any]) -> list[Cell]:
    scale = scale_of(row["unit"]).factor
    base, other, difference, low, high = (
        scale * float(row[name]) for name in ("base", "other", "difference", "low", "high")
    )
    digits = decimals((high - low) / 2, base)
    gain = float(row["variance_reduction"])
    return [
        words(titled(row["title"], row["unit"])),
        number(base, digits),
        number(other, digits),
        *estimate(difference, low, high, sign=True, level=base),
        number(gain, 1 if gain < 9.95 else 0),
        words(row["verdict"]),
    ]


def _dropped(part: pd.DataFrame) -> str:
    dropped = int(part["dropped"].max())
    if not dropped:
        return ""
    if dropped == 1:
        return " 1 seed is left out, because not all of its runs are done."
    return f" {dropped:,} seeds are left out, because not all of their runs are done."
