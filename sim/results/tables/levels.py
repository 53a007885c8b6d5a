"""The outcomes of each arm: mean over the seeds, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.catalogue import table
from sim.results.comparison import GROUPS, group_of, group_title
from sim.results.folder import Results
from sim.results.table import Block, Column, Row, Table, estimate, estimates, words
from sim.results.units import scale_of, titled
from sim.results.wording import bank_words

if TYPE_CHECKING:
    import pandas as pd

MOST = 12  # arms with a table of their own on the page; all are in the run folder
MAIN = (
    "default_rate", "npl_ratio", "profit", "roe", "cost", "approval_rate", "credit_granted",
    "mean_rate", "days_to_decision",
)  # fmt: skip


@table("outcomes", 10)
def levels(results: Results) -> list[Table]:
    """Return a table for each arm and bank of a folder in which nothing is compared."""
    if not results.done or results.bank_folders or results.effects is not None:
        return []
    runs = results.runs
    arms = [arm for arm in results.arms if (runs["arm"] == arm).any()]
    more = len(arms) - MOST
    rest = f" {more:,} more arms are in the run folder's tables." if more > 0 else ""
    return level_tables(runs, {arm: results.title_of(arm) for arm in arms[:MOST]}, rest)


def level_tables(runs: pd.DataFrame, titles: dict[str, str], rest: str = "") -> list[Table]:
    """Return a table for each titled arm and each bank; `rest` ends the note."""
    several = runs["bank"].nunique() > 1
    tables: list[Table] = []
    for arm, title in titles.items():
        for bank, part in runs[runs["arm"] == arm].groupby("bank", sort=False):
            seeds = f"{len(part):,} seeds" if len(part) > 1 else "1 seed, so no interval is given"
            tables.append(
                Table(
                    f"levels-{len(tables) + 1}",
                    f"{title}, {bank_words(bank)}: {seeds}" if several else f"{title}: {seeds}",
                    [Column("Outcome"), *estimates("Mean")],
                    _blocks(part),
                    "Mean over the seeds, and the 95 % interval of that mean (t)." + rest,
                    lead=1,
                )
            )
    return tables


def _blocks(part: pd.DataFrame) -> list[Block]:
    from sim.analysis.intervals import t_interval
    from sim.outcomes import METRICS

    found: dict[str, list[Row]] = {title: [] for title in ("Main outcomes", *GROUPS.values())}
    for metric in METRICS.values():
        if metric.name in part:
            scale = scale_of(metric.unit).factor
            one = t_interval(scale * part[metric.name].to_numpy(dtype=float))
            cells = [words(titled(metric.title, metric.unit))]
            cells += estimate(one.mean, one.low, one.high)
            where = "Main outcomes" if metric.name in MAIN else group_title(group_of(metric))
            found.setdefault(where, []).append(cells)
    return [Block(heading, rows) for heading, rows in found.items() if rows]
