"""Take, leave or undecided: each part of the package, with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.reading import MARK
from sim.results.table import NONE, Block, Cell, Column, Row, Table, estimates, stored, words
from sim.results.tables.best_combinations import short_name_of
from sim.results.unchanged import idle_parts
from sim.results.units import scale_of, titled
from sim.results.wording import lower_first

if TYPE_CHECKING:
    import pandas as pd

NO_EFFECT = "no effect"
ORDER = ("take", "leave", "undecided", NO_EFFECT)
WAYS = {"alone": "Alone", "with all others": "With all others"}
NOTE = (
    "Take: significantly better in at least one outcome and worse in none, alone, on the base, or "
    "with all other measures in place. Leave: worse in at least one, while no interval of the next "
    "table lies on the better side. Undecided: neither is shown, or a gain is bought with a loss, "
    "which is a choice and not a finding. No effect: every outcome is the same in every "
    "replication, both ways. Significant: after correction for all measures, outcomes "
    "and both ways (Holm)."
)
NUMBERS = (
    "Differences of percentages are in percentage points; 95 % intervals (paired t). "
    f"{MARK}: not significant after correction (Holm), though the interval excludes zero."
)


@table("verdicts", 30)
def decisions(results: Results) -> Iterator[Table]:
    """Yield what to do with each part, those to take first, and the changes behind it."""
    rows = results.known("decisions")
    if rows is None:
        return
    idle = rows["package"].isin(idle_parts(results))
    rows = rows.assign(decision=rows["decision"].mask(idle, NO_EFFECT))
    ways = [kind for kind in WAYS if kind in set(rows["kind"])]
    several = len(ways) > 1 and rows["package"].nunique() > 1
    ways = ways if several else ways[:1]
    found: list[Row] = []
    blocks: list[Block] = []
    for decision in ORDER:
        mine = rows[rows["decision"] == decision]
        for part, one in mine.groupby("package", sort=False):
            title = short_name_of(results, part)
            said = [words(why(one[one["kind"] == way])) for way in ways]
            found.append([words(title), words(decision), *said])
            if decision != NO_EFFECT:
                blocks.append(Block(f"{title}: {decision}", _changes(one, ways)))
    names = [f"Significant {way}" if several else "Significant" for way in ways]
    columns = [Column("Measure"), Column("Decision", "verdict"), *map(Column, names)]
    yield Table("decisions", "Take, leave or undecided", columns, [Block("", found)], NOTE)
    yield Table(
        "decided-by",
        "What each measure changes, by which it is taken or left",
        [Column("Outcome"), *estimates(*(WAYS[way] if several else "Change" for way in ways))],
        blocks,
        NUMBERS,
    )


def why(rows: pd.DataFrame) -> str:
    """Return what is significantly better and worse in some rows, in words."""
    if rows.empty:
        return NONE
    said = []
    for verdict in ("better", "worse"):
        names = dict.fromkeys(rows.loc[rows["verdict"] == verdict, "metric"])
        if titles := [lower_first(METRICS[str(one)].title) for one in names]:
            said.append(f"{verdict}: {', '.join(titles)}")
    return "; ".join(said) or "nothing"


def _changes(rows: pd.DataFrame, ways: list[str]) -> list[Row]:
    """Return a row for each outcome: its change and interval, in each way."""
    found: list[Row] = []
    for metric in dict.fromkeys(rows["metric"]):
        one = METRICS[str(metric)]
        cells: list[Cell] = []
        for way in ways:
            mine = rows[(rows["metric"] == metric) & (rows["kind"] == way)]
            if mine.empty:  # an arm was not run
                cells += Cell(NONE), Cell(NONE)
                continue
            row = mine.iloc[0]
            value, ends = stored(row, "difference", scale_of(one.unit).factor, sign=True)
            open_still = row["verdict"] not in ("better", "worse") and row["low"] * row["high"] > 0
            cells += value, ends._replace(text=ends.text + MARK * bool(open_still))
        found.append([words(titled(one.title, one.unit)), *cells])
    return found
