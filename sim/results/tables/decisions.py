"""Take, leave or undecided: each part of the package, with what speaks for it and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, stored, words
from sim.results.tables.best_combinations import short_name_of
from sim.results.units import scale_of, titled
from sim.results.wording import lower_first

if TYPE_CHECKING:
    import pandas as pd

ORDER = ("take", "leave", "undecided")
NOTE = (
    "Each measure alone, on the base, and with all others in place. "
    "Take: significantly better in at least one of these outcomes and worse in none, alone or with "
    "all others in place. Leave: worse in at least one, while no interval shown here lies on the "
    "better side. Undecided: neither is shown, or a gain is bought with a loss, which is a choice "
    "and not a finding. Significant after correction for all measures, outcomes and both ways "
    "(Holm); intervals are 95 % intervals (paired t)."
)


@table("verdicts", 30)
def decisions(results: Results) -> Table | None:
    """Return a row for each part and way of adding it, those to take first."""
    rows = results.known("decisions")
    if rows is None:
        return None
    metrics = [str(one) for one in dict.fromkeys(rows["metric"])]
    several = rows["kind"].nunique() > 1 and rows["package"].nunique() > 1
    found: list[Row] = []
    for decision in ORDER:
        mine = rows[rows["decision"] == decision]
        for (part, kind), one in mine.groupby(["package", "kind"], sort=False):
            title = short_name_of(results, part)
            name = f"{title}, {kind}" if several else title
            found.append([words(name), words(decision), *_cells(one, metrics), words(why(one))])
    titles = (f"Change: {titled(METRICS[one].title, METRICS[one].unit)}" for one in metrics)
    return Table(
        "decisions",
        "Take, leave or undecided",
        [
            Column("Measure"), Column("Decision", "verdict"), *estimates(*titles),
            Column("Significant"),
        ],
        [Block("", found)],
        NOTE,
    )  # fmt: skip


def why(rows: pd.DataFrame) -> str:
    """Return what is significantly better and worse in some rows, in words."""
    said = []
    for verdict in ("better", "worse"):
        names = dict.fromkeys(rows.loc[rows["verdict"] == verdict, "metric"])
        if titles := [lower_first(METRICS[str(one)].title) for one in names]:
            said.append(f"{verdict}: {', '.join(titles)}")
    return "; ".join(said) or "nothing"


def _cells(one: pd.DataFrame, metrics: list[str]) -> Row:
    by_metric = one.set_index("metric")
    cells: list[Cell] = []
    for metric in metrics:
        factor = scale_of(METRICS[metric].unit).factor
        cells += stored(by_metric.loc[metric], "difference", factor, sign=True)
    return cells
