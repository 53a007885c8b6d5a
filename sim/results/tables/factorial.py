"""A factorial experiment: main effects of its factors, their interactions, the combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.outcomes import METRICS
from sim.results.by_outcome import blocks_by_outcome
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Column, Row, Table, estimates, number, stored, words
from sim.results.units import decimals, scale_of, titled
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd

RANKED_BY = "profit"
SHOWN = 8  # combinations shown at once
SIGNIFICANT = (
    "Significant: after correction for all rows of the table (Holm); an interval is of its row "
    "alone."
)


@table("verdicts", 60)
def main_effects(results: Results) -> Table | None:
    """Return the effect of each level, averaged over all levels of the other factors."""
    rows = results.known("main_effects")
    if rows is None:
        return None

    def row(one: Any, factor: float) -> Row:
        level = f"{plain(one['factor'])}: {one['level']} against {one['against']}"
        return [words(level), *stored(one, "difference", factor, sign=True), words(_sure(one))]

    return Table(
        "main-effects",
        "Main effects: each level, averaged over all levels of the other factors",
        [Column("Level"), *estimates("Difference"), Column("Significant")],
        blocks_by_outcome(results, rows, row),
        SIGNIFICANT,
    )


@table("details", 65)
def factor_interactions(results: Results) -> Table | None:
    """Return how much the effect of a level differs where a level of another factor holds."""
    rows = results.known("factor_interactions")
    if rows is None:
        return None

    def row(one: Any, factor: float) -> Row:
        pair = (
            f"{plain(one['first'])} {one['level']} with "
            f"{plain(one['second']).lower()} {one['other_level']}"
        )
        return [words(pair), *stored(one, "difference", factor, sign=True), words(_sure(one))]

    return Table(
        "factor-interactions",
        "Interactions: how much the effect of one level differs where the other holds",
        [Column("Levels"), *estimates("Difference"), Column("Significant")],
        blocks_by_outcome(results, rows, row),
        f"0: the effects add up. {SIGNIFICANT}",
        lead=1,
    )


@table("outcomes", 60)
def combinations(results: Results) -> Table | None:
    """Return the outcomes of every combination, those with the highest profit first."""
    rows = results.known("combinations")
    if rows is None:
        return None
    rows = rows[rows["bank"] == results.bank]
    metrics = list(dict.fromkeys(rows["metric"]))
    ranked_by = RANKED_BY if RANKED_BY in metrics else metrics[0]
    by_arm = {str(arm): part.set_index("metric") for arm, part in rows.groupby("arm", sort=False)}
    better = METRICS[ranked_by].better
    first = rows[rows["metric"] == ranked_by].sort_values("mean", ascending=better == "lower")
    arms = [str(arm) for arm in first["arm"]]
    found = [_row(arm, by_arm[arm], metrics) for arm in arms]
    title = METRICS[ranked_by].title
    return Table(
        "combinations",
        f"Combinations, ranked by {title[:1].lower()}{title[1:]}",
        [
            Column("Combination"),
            *(Column(titled(METRICS[one].title, METRICS[one].unit), "number") for one in metrics),
        ],
        [Block("", found[:SHOWN]), *([Block("", found[SHOWN:])] if found[SHOWN:] else [])],
        f"Means over {results.seeds:,} seeds. Differences between combinations are known better "
        "than their levels, since all run on the same seeds.",
        lead=1,
    )


def _row(arm: str, means: pd.DataFrame, metrics: list[str]) -> Row:
    cells = [words(arm)]
    for metric in metrics:
        factor = scale_of(METRICS[metric].unit).factor
        found = means.loc[[metric], ["mean", "low", "high"]].to_numpy(float)[0]
        mean, low, high = (factor * float(value) for value in found)
        cells.append(number(mean, decimals((high - low) / 2, mean)))
    return cells


def _sure(one: Any) -> str:
    return "yes" if one["p_holm"] <= 0.05 else "no"
