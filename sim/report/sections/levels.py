"""The outcomes of each arm alone: mean over the seeds, with its interval."""

from __future__ import annotations

from sim.report.comparison import GROUPS
from sim.report.results import Results
from sim.report.tables import Block, Cell, ReportTable, TableColumn, estimate, words
from sim.report.units import scale_of, titled
from sim.report.wording import bank_words

MOST = 12  # arms with a table of their own on the page; all are in the run folder
NOTE = "Mean over the seeds, and the 95 % interval of that mean."


def level_tables(results: Results) -> list[ReportTable]:
    """Return a table for each arm and bank; only for the first `MOST` arms."""
    if not results.done or results.banks:  # each bank has a page of its own
        return []
    runs = results.runs
    several = runs["bank"].nunique() > 1
    arms = [arm for arm in results.arms if (runs["arm"] == arm).any()]
    tables: list[ReportTable] = []
    for arm in arms[:MOST]:
        for bank, part in runs[runs["arm"] == arm].groupby("bank"):
            where = f", {bank_words(bank)}" if several else ""
            tables.append(
                ReportTable(
                    f"levels-{len(tables) + 1}",
                    f"{results.title_of(arm)}{where}: every outcome",
                    (
                        TableColumn("Outcome"),
                        TableColumn("Mean", "number"),
                        TableColumn("95 % interval", "interval"),
                    ),
                    _blocks(part),
                    f"{NOTE} {_seeds(len(part))}{_rest(arms)}",
                )
            )
    return tables


def _seeds(number: int) -> str:
    return "1 seed, so no interval can be given." if number == 1 else f"{number:,} seeds."


def _rest(arms: list[str]) -> str:
    more = len(arms) - MOST
    return f" {more:,} more arms are in the run folder's tables." if more > 0 else ""


def _blocks(part: object) -> list[Block]:
    import pandas as pd

    from sim.analysis.intervals import t_interval
    from sim.outcomes import METRICS

    assert isinstance(part, pd.DataFrame)
    found: dict[str, list[list[Cell]]] = {group: [] for group in GROUPS}
    for metric in METRICS.values():
        if metric.name in part:
            scale = scale_of(metric.unit).factor
            one = t_interval(scale * part[metric.name].to_numpy(dtype=float))
            cells = [words(titled(metric.title, metric.unit))]
            cells += estimate(one.mean, one.low, one.high)
            found.setdefault(metric.compute.__module__.rpartition(".")[2], []).append(cells)
    return [
        Block(GROUPS.get(group, group.capitalize()), rows) for group, rows in found.items() if rows
    ]
