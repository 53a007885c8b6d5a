"""The combinations of parts that no other beats, and the most profitable one, judged apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, stored, words
from sim.results.units import interval, scale_of, titled, written

if TYPE_CHECKING:
    import pandas as pd

PROFIT = "profit"
TITLE = "Best combinations: no other has both less risk and more profit"


@table("verdicts", 40)
def best_combinations(results: Results) -> Table | None:
    """Return the efficient combinations with their differences from the base."""
    rows = results.known("best_combinations")
    if rows is None:
        return None
    risk = str(results.study["metrics"][0])
    shown = rows[rows["efficient"] > 0]
    by_arm = {str(arm): part.set_index("metric") for arm, part in shown.groupby("arm", sort=False)}
    profits = shown[shown["metric"] == PROFIT].sort_values("difference", ascending=False)
    found = [_row(results, by_arm[str(arm)], risk) for arm in profits["arm"]]
    return Table(
        "best-combinations",
        TITLE,
        [Column("Combination"), *estimates(_title(risk), _title(PROFIT))],
        [Block("", found)],
        _judged(results, rows),
    )


def name_of(results: Results, parts: object) -> str:
    """Return a combination in words: the titles of its parts."""
    text = "" if parts != parts else str(parts)
    if not text:
        return results.title_of("base")
    return " + ".join(results.title_of(one) for one in text.split(" + "))


def _row(results: Results, one: pd.DataFrame, risk: str) -> Row:
    cells: list[Cell] = [words(name_of(results, one["parts"].iloc[0]))]
    for metric in (risk, PROFIT):
        factor = scale_of(METRICS[metric].unit).factor
        row = one.loc[metric]
        same = row["low"] == row["high"]
        cells += [Cell("0"), Cell("")] if same else stored(row, "difference", factor, sign=True)
    return cells


def _title(metric: str) -> str:
    found = METRICS[metric]
    return f"Change: {titled(found.title, found.unit)}"


def _judged(results: Results, rows: pd.DataFrame) -> str:
    """Say how the combination chosen on one half of the seeds does on the other."""
    (one,) = rows[(rows["chosen"] > 0) & (rows["metric"] == PROFIT)].to_dict("records")
    name, million = name_of(results, one["parts"]), scale_of(METRICS[PROFIT].unit).factor
    text = (
        "Differences from the base, of means over all seeds. Chosen on every second seed for its "
        f"profit: {name}. "
    )
    if one["judged_low"] == one["judged_high"]:
        return text + "No combination earned more than the base there."
    names = ("judged", "judged_low", "judged_high", "overstated")
    judged, low, high, overstated = (million * float(one[name]) for name in names)
    return text + (
        f"On the other half its profit differs by CNY {written(judged, 2, True)} million "
        f"(95 % interval {interval(low, high, 2, True)}); where "
        f"it was chosen it looked better by {written(overstated, 2, True)}."
    )
