"""The combinations of parts that no other beats, and the most profitable one, judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.equal_arms import equal_arms, parts_of
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
    same = equal_arms(shown)
    found = [
        _row(results, by_arm[arm], metrics, [by_arm[one] for one in same[arm][1:]])
        for arm in map(str, profits["arm"])
        if arm in same
    ]
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
    smallest = {arm: arms[0] for arms in equal_arms(best).values() for arm in arms}
    for arm in dict.fromkeys(smallest[str(arm)] for arm in order["arm"]):
        parts = order.loc[order["arm"] == arm, "parts"].iloc[0]
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


def chosen_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the most profitable combination, by its smallest name."""
    chosen = str(rows.loc[rows["chosen"] > 0, "arm"].iloc[0])
    kept = next(arms[0] for arms in equal_arms(rows).values() if chosen in arms)
    return rows[rows["arm"] == kept]


def shown_of(results: Results, rows: pd.DataFrame) -> list[str]:
    """Return the outcomes by which combinations are shown: risk, profit, credit to good firms."""
    known = results.study.get("metrics") or list(rows["metric"])  # tables alone know no study
    wanted = dict.fromkeys([str(known[0]), PROFIT, CREDIT])
    return [metric for metric in wanted if (rows["metric"] == metric).any()]


def name_of(results: Results, parts: object) -> str:
    """Return a combination in words: the titles of its parts."""
    known = parts_of(parts)
    return " + ".join(map(results.title_of, known)) if known else results.title_of("base")


def short_name_of(results: Results, parts: object) -> str:
    """Return a combination in few words, for an axis: names where titles are long."""
    known, short = parts_of(parts), results.short_titles
    joined = " + ".join(short.get(one, plain(one)) for one in known)
    return joined if known else results.title_of("base")


def _row(
    results: Results, one: pd.DataFrame, metrics: list[str], same: Sequence[pd.DataFrame]
) -> Row:
    """Return a combination's row; `same` have other names, and the same outcome on all seeds."""
    parts = one["parts"].iloc[0]
    more = dict.fromkeys(
        short_name_of(results, part)
        for other in same
        for part in parts_of(other["parts"].iloc[0])
        if part not in parts_of(parts)
    )
    beside = f" (the same with {', '.join(more)})" if more else ""
    return [words(short_name_of(results, parts) + beside), *_cells(one, metrics)]


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
    name, million = (
        name_of(results, chosen_of(rows)["parts"].iloc[0]),
        scale_of(METRICS[PROFIT].unit).factor,
    )
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
