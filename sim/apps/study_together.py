"""Joint effects of parts in a study: added one by one in two orders, and in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import difference_cells, words_of, wrapped
from sim.report.units import decimals, interval, scale_of, titled, written

if TYPE_CHECKING:
    from sim.analysis.study.findings import Findings

ALPHA = 0.05


def one_upon_another(findings: Findings, width: int) -> list[str]:
    """Return the level of the first outcome as parts are added, in two orders; may be empty."""
    table, metric = findings.ladders, findings.metrics[0]
    if table is None:
        return []
    title, unit = words_of(metric)
    factor = scale_of(unit).factor
    columns = [
        TextColumn(f"Added one by one: {titled(title, unit)}\nin the thesis's order", prose=True),
        TextColumn("level", number=True), TextColumn("step", number=True),
        TextColumn("best step each time", prose=True),
        TextColumn("level", number=True), TextColumn("step", number=True),
    ]  # fmt: skip
    mine = table[table["metric"] == metric]
    orders = [mine[mine["order"] == order].sort_values("position") for order in ("thesis", "best")]
    rows: list[Row] = []
    for position in range(len(orders[0])):
        cells: list[str] = []
        for order in orders:
            row = order.iloc[position]
            ends = {"difference": row["step"], "low": row["step_low"], "high": row["step_high"]}
            cells += [
                f"+ {row['package']}" if position else "base",
                written(factor * float(row["value"]), 2),
                " ".join(difference_cells(ends, unit)) if position else "",
            ]
        rows.append(cells)
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        "Each best step is selected and measured on the same seeds, so its effect is slightly "
        "overstated.",
        width,
    )


def pair_by_pair(findings: Findings, width: int) -> list[str]:
    """Return the pairs of parts whose joint effect differs from the sum of both."""
    table, metric = findings.interactions, findings.metrics[0]
    if table is None:
        return []
    mine = table[(table["metric"] == metric) & (table["bank"] == findings.bank)]
    sure = mine[mine["p_holm"] <= ALPHA]
    odds = len(mine) and mine["scale"].iloc[0] == "log-odds"
    title, unit = words_of(metric)
    factor = 1.0 if odds else scale_of(unit).factor
    pairs = []
    for _, row in sure.iterrows():
        value, low, high = (factor * float(row[k]) for k in ("interaction", "low", "high"))
        digits = decimals((high - low) / 2, value)
        ends = interval(low, high, digits, sign=True)
        pairs.append(
            f"{row['first']} and {row['second']} {written(value, digits, sign=True)} {ends}"
        )
    on = "on log-odds" if odds else f"in {scale_of(unit).difference}"
    text = "; ".join(pairs) if pairs else "none is statistically significant"
    return wrapped(
        f"Interactions of pairs ({title}, {on}; {len(mine)} pairs, Holm): {text}.", width
    )
