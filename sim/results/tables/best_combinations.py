"""The combinations of parts that no other beats, and the most profitable one, judged apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, stored, words
from sim.results.units import decimals, interval, scale_of, titled, written
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd

PROFIT, CREDIT = "profit", "credit_to_good"
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
    metrics = shown_of(results, rows)
    found = [_row(results, by_arm[str(arm)], metrics) for arm in profits["arm"]]
    return Table(
        "best-combinations",
        TITLE,
        [Column("Combination"), *estimates(*map(_title, metrics))],
        [Block("", found)],
        _judged(results, rows, risk),
    )


@table("verdicts", 45)
def lost_without(results: Results) -> Table | None:
    """Return what each efficient combination loses without each of its parts, a block for each."""
    rows, best = results.known("lost_without"), results.known("best_combinations")
    if rows is None or best is None:
        return None
    profits = best[best["metric"] == PROFIT].sort_values("difference", ascending=False)
    order = profits.sort_values("chosen", ascending=False, kind="stable")
    metrics = shown_of(results, rows)
    blocks = []
    for arm, parts in zip(order["arm"], order["parts"], strict=True):
        mine = rows[rows["arm"] == arm]
        found = [
            [words(short_name_of(results, part)), *_cells(one.set_index("metric"), metrics)]
            for part, one in mine.groupby("package", sort=False)
        ]
        if found:
            blocks.append(Block(short_name_of(results, parts), found))
    return Table(
        "lost-without",
        "What each of these combinations loses without each of its parts",
        [Column("Without"), *estimates(*map(_title, metrics))],
        blocks,
        "The combination less the same without that part, on the same seeds; the one that was "
        "chosen comes first.",
        lead=1,
    )


def shown_of(results: Results, rows: pd.DataFrame) -> list[str]:
    """Return the outcomes by which combinations are shown: risk, profit, credit to good firms."""
    known = results.study.get("metrics") or list(rows["metric"])  # tables alone know no study
    wanted = dict.fromkeys([str(known[0]), PROFIT, CREDIT])
    return [metric for metric in wanted if (rows["metric"] == metric).any()]


def name_of(results: Results, parts: object) -> str:
    """Return a combination in words: the titles of its parts."""
    text = "" if parts != parts else str(parts)
    if not text:
        return results.title_of("base")
    return " + ".join(results.title_of(one) for one in text.split(" + "))


def short_name_of(results: Results, parts: object) -> str:
    """Return a combination in few words, for an axis: names where titles are long."""
    text = "" if parts != parts else str(parts)
    if not text:
        return results.title_of("base")
    short = results.short_titles
    return " + ".join(short.get(one, plain(one)) for one in text.split(" + "))


def _row(results: Results, one: pd.DataFrame, metrics: list[str]) -> Row:
    return [words(short_name_of(results, one["parts"].iloc[0])), *_cells(one, metrics)]


def _cells(one: pd.DataFrame, metrics: list[str]) -> list[Cell]:
    cells: list[Cell] = []
    for metric in metrics:
        factor = scale_of(METRICS[metric].unit).factor
        row = one.loc[metric]
        same = row["low"] == row["high"]
        cells += [Cell("0"), Cell("")] if same else stored(row, "difference", factor, sign=True)
    return cells


def _title(metric: str) -> str:
    found = METRICS[metric]
    return f"Change: {titled(found.title, found.unit)}"


def _judged(results: Results, rows: pd.DataFrame, risk: str) -> str:
    """Say how the combination chosen on one half of the seeds does on the other."""
    chosen = rows[rows["chosen"] > 0].set_index("metric")
    one: Any = chosen.loc[PROFIT]
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
        + "".join(_also(chosen, metric) for metric in (risk, CREDIT) if metric in chosen.index)
    )


def _also(chosen: pd.DataFrame, metric: str) -> str:
    """Say what the chosen combination does to another outcome on the half that judges it."""
    found = METRICS[metric]
    one: Any = chosen.loc[metric]
    scale = scale_of(found.unit)
    value, low, high = (
        scale.factor * float(one[name]) for name in ("judged", "judged_low", "judged_high")
    )
    digits = decimals((high - low) / 2, value)
    return (
        f" {found.title} there: {written(value, digits, True)} {scale.difference} "
        f"({interval(low, high, digits, True)})."
    )
