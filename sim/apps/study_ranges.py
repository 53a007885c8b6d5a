"""Results of a study under other assumptions: equal cost, and where each claim holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import words_of, wrapped
from sim.report.units import interval, scale_of, titled, written

if TYPE_CHECKING:
    from sim.analysis.study.findings import Findings


def at_equal_money(findings: Findings, width: int) -> list[str]:
    """Return how often each part ranks first when all spend the same; empty if not computed."""
    table, setup = findings.equal_money, findings.study.content.equal_money
    if table is None or setup is None:
        return []
    metric = findings.metrics[0]
    title, unit = words_of(metric)
    scale = scale_of(unit)
    columns = [
        TextColumn("At equal cost", prose=True),
        *(TextColumn(name, number=True) for name in ("first in", "interval", "mean rank")),
        TextColumn(f"change of {scale.difference}" if scale.difference else "change", number=True),
        TextColumn("budget not used", number=True),
    ]
    rows: list[Row] = [
        [
            str(row["arm"]),
            f"{100 * row['probability']:.0f} %",
            interval(100 * float(row["low"]), 100 * float(row["high"]), 0),
            written(float(row["mean_rank"]), 1),
            written(scale.factor * float(row[metric]), 2, sign=True),
            f"{100 * row['capped']:.0f} %",
        ]
        for _, row in table.iterrows()
    ]
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        f"{setup.draws:,} draws of strengths and prices within +- {100 * setup.spread:.0f} %, "
        f"{setup.seeds:,} seeds each; the budget of every part is {100 * setup.money:.0f} % of the "
        f"base's operating cost. Ranked by: {titled(title, unit)}. A part that cannot use the "
        "whole budget is set to its maximum strength.",
        width,
    )


def where_it_holds(findings: Findings, width: int) -> list[str]:
    """Return the share of design points at which each claim holds; empty if not computed."""
    table, setup = findings.regimes, findings.study.content.regimes
    if table is None or setup is None:
        return []
    columns = [
        TextColumn("Where it holds", prose=True), TextColumn("share of points", number=True),
        TextColumn("interval", number=True), TextColumn("main drivers (explained)", prose=True),
    ]  # fmt: skip
    rows: list[Row] = []
    for _, row in table.iterrows():
        ends = interval(100 * float(row["low"]), 100 * float(row["high"]), 0)
        known = row["n"] > 0
        pair = f"{_last(row['first'])} and {_last(row['second'])} "
        pair += f"({100 * row['explained']:.0f} %)"
        sure = known and row["p_holm"] <= 0.05
        rows.append(
            [
                str(row["statement"] or row["claim"]),
                f"{100 * row['share']:.0f} %" if known else "-",
                ends,
                pair if sure else "not significant",
            ]
        )
    lines = laid_out(columns, rows, width)
    open_ = ", ".join(f"{k} {s.low:g} to {s.high:g}" for k, s in setup.quantities.items())
    return lines + wrapped(
        f"{setup.points:,} points, {setup.seeds:,} seeds each, over: {open_}. A claim holds at a "
        "point if its mean differences have the claimed sign. Main drivers: the two quantities "
        "that explain most of the margin by which it holds or fails.",
        width,
    )


def _last(quantity: str) -> str:
    """Return the last two names of a dotted key, enough to identify it in a line."""
    return ".".join(str(quantity).split(".")[-2:])
