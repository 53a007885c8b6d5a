"""The chain of mechanism behind a claim as tables: outcomes, parts, processes, what vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.analysis.mechanism.chain import Between
from sim.model.processes import PROCESSES
from sim.outcomes import METRICS
from sim.results.folder import Results
from sim.results.table import (
    NONE,
    Block,
    Cell,
    Column,
    Row,
    Table,
    estimates,
    number,
    stored,
    words,
)
from sim.results.units import scale_of, titled
from sim.results.wording import plain
from sim.state.ledger import LEDGER

if TYPE_CHECKING:
    import pandas as pd

ORDERS = ("leave_one_out", "attribution", "ladders")
TITLES = {
    "leave_one_out": "All measures less all except this one",
    "attribution": "Average over all orders (Shapley)",
    "ladders": "Step when added in the order given",
}
MOST = 30  # processes shown


def unit_of(name: str) -> str:
    """Return the unit of an outcome, a process or a column of the ledger; '' if unknown."""
    if name in METRICS:
        return METRICS[name].unit
    if name in PROCESSES:
        return PROCESSES[name][0]
    return next((column.unit for column in LEDGER if column.name == name), "")


def _titled(name: str) -> str:
    if name in METRICS:
        return titled(METRICS[name].title, METRICS[name].unit)
    unit = scale_of(unit_of(name)).level or unit_of(name)
    means = PROCESSES[name][1] if name in PROCESSES else ""
    means = means or next((one.meaning for one in LEDGER if one.name == name), name)
    return f"{name}: {means}" + (f", {unit}" if unit else "")


def means(name: str) -> str:
    """Return what an outcome, a process or a column of the ledger means, in words."""
    if name in METRICS:
        return METRICS[name].title
    said = PROCESSES[name][1] if name in PROCESSES else ""
    said = said or next((one.meaning for one in LEDGER if one.name == name), "")
    return said or plain(name)


def outcomes(asked: Between, results: Results | None) -> Table | None:
    """Return the effect on each outcome from the study's own tables."""
    if results is None or asked.base != "base":
        return None
    for name in ("effects", "best_combinations"):
        table = results.known(name)
        if table is not None and (table["arm"] == asked.other).any():
            rows = [
                _effect(one) for _, one in table[table["arm"] == asked.other].iterrows()
            ]  # fmt: skip
            columns = [Column("Outcome"), *estimates("Difference"), Column("Seeds", "number")]
            title = f"Outcomes: {asked.other} less {asked.base}, from {results.folder}"
            return Table("chain-outcomes", title, columns, [Block("", rows)])
    return None


def _effect(one: Any) -> Row:
    name = str(one["metric"])
    factor = scale_of(METRICS[name].unit).factor if name in METRICS else 1.0
    return [words(_titled(name)), *stored(one, "difference", factor, sign=True),
            number(one["n"], 0)]  # fmt: skip


def without_a_part(asked: Between, results: Results | None) -> Table | None:
    """Return what the study says of the parts between the two arms, outcome by outcome."""
    if results is None:
        return None
    columns = [Column("Part"), Column("How"), *estimates("Contribution")]
    blocks = []
    for metric in asked.metrics:
        rows: list[Row] = []
        for name in ORDERS:
            table = results.known(name)
            if table is None:
                continue
            mine = table[(table["metric"] == metric) & table["package"].isin(asked.parts)]
            factor = scale_of(METRICS[metric].unit).factor if metric in METRICS else 1.0
            for _, one in mine.iterrows():
                row = one.rename({"step": "contribution", "step_low": "low", "step_high": "high"})
                if name == "ladders" and one["order"] != "thesis":
                    continue
                cells = stored(row, "contribution", factor, sign=True)
                rows.append(
                    [words(results.title_of(one["package"])), words(TITLES[name]), *cells]
                )  # fmt: skip
        if rows:
            blocks.append(Block(_titled(metric), rows))
    if not blocks:
        return None
    title = "What each part carries in the package, from the study's own tables"
    return Table("chain-parts", title, columns, blocks)


def processes(differing: pd.DataFrame, asked: Between, seeds: int) -> Table:
    """Return outcomes and processes that differ significantly between the two arms."""
    columns = [
        Column("Outcome or process"), Column(asked.base, "number"), Column(asked.other, "number"),
        *estimates("Difference"),
    ]  # fmt: skip
    rows: list[Row] = [_process(row) for _, row in differing.head(MOST).iterrows()]
    rows = rows or [[words("none differs significantly"), *[Cell(NONE)] * (len(columns) - 1)]]
    note = (
        f"{seeds} seeds, the clearest first; of every outcome, monthly mean of the ledger and "
        "process at the end, those whose difference is significant after Holm's correction."
    )
    if len(differing) > MOST:
        note += f" {len(differing) - MOST} more are in the CSV file."
    title = "Processes and outcomes that differ"
    return Table("chain-processes", title, columns, [Block("", rows)], note)


def _process(row: Any) -> Row:
    factor = scale_of(unit_of(row["name"])).factor
    value, interval = stored(row, "difference", factor, sign=True)
    digits = len(value.text.partition(".")[2])
    return [words(_titled(row["name"])), *(number(factor * row[arm], digits)
            for arm in ("base", "other")), value, interval]  # fmt: skip


def cuts(vanished: pd.DataFrame, seeds: int) -> Table:
    """Return what vanishes of the effect when each link is cut, outcome by outcome."""
    columns = [
        Column("Link cut, or lever put back"), Column("Effect", "number"),
        Column("Effect that is left", "number"), *estimates("Vanished"), Column("Clear?"),
    ]  # fmt: skip
    blocks = []
    for metric, part in vanished.groupby("metric", sort=False):
        factor = scale_of(METRICS[str(metric)].unit).factor
        rows = []
        for _, row in part.iterrows():
            value, interval = stored(row, "vanished", factor, sign=True)
            digits = len(value.text.partition(".")[2])
            both = (number(factor * row[one], digits, sign=True) for one in ("effect", "left"))
            clear = "yes" if row["low"] > 0 or row["high"] < 0 else "no"
            rows.append([words(row["cut"]), *both, value, interval, words(clear)])
        blocks.append(Block(_titled(str(metric)), rows))
    note = (
        f"{seeds} seeds. Each link is switched off in both arms, a lever put back in the claim's "
        "arm alone; vanished: the effect less what is left, on the same seeds. Links work "
        "together, so these need not add up. Intervals are not adjusted for their number."
    )
    return Table("chain-cuts", "What vanishes when each link is cut", columns, blocks, note)
