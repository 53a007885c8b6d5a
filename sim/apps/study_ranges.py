"""What a study says of other numbers than those assumed: equal money, and where claims hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import words_of, wrapped
from sim.report.units import interval, scale_of, titled, written

if TYPE_CHECKING:
    from sim.analysis.study.findings import Findings


def at_equal_money(findings: Findings, width: int) -> list[str]:
    """Return how often each part comes first when all spend the same, or nothing."""
    table, wish = findings.equal_money, findings.study.said.equal_money
    if table is None or wish is None:
        return []
    metric = findings.metrics[0]
    title, unit = words_of(metric)
    scale = scale_of(unit)
    columns = [
        TextColumn("At equal money", prose=True),
        *(TextColumn(name, number=True) for name in ("first in", "interval", "mean rank")),
        TextColumn(f"change of {scale.difference}" if scale.difference else "change", number=True),
        TextColumn("cannot spend it", number=True),
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
        f"{wish.draws:,} draws of strengths and prices within +- {100 * wish.spread:.0f} %, "
        f"{wish.seeds:,} seeds each; every part may spend {100 * wish.money:.0f} % of the base's "
        f"operating cost. Ranked by: {titled(title, unit)}. A part that cannot spend the sum "
        "stands at its strongest.",
        width,
    )


def where_it_holds(findings: Findings, width: int) -> list[str]:
    """Return in what share of the open space each claim holds, or nothing."""
    table, wish = findings.regimes, findings.study.said.regimes
    if table is None or wish is None:
        return []
    columns = [
        TextColumn("Where it holds", prose=True), TextColumn("share of points", number=True),
        TextColumn("interval", number=True), TextColumn("governed by (explained)", prose=True),
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
                pair if sure else "not told",
            ]
        )
    lines = laid_out(columns, rows, width)
    open_ = ", ".join(f"{k} {s.low:g} to {s.high:g}" for k, s in wish.quantities.items())
    return lines + wrapped(
        f"{wish.points:,} points, {wish.seeds:,} seeds each, over: {open_}. A claim holds at a "
        "point if its means go the claimed way. Governed by: the two quantities that explain most "
        "of how far it is from failing.",
        width,
    )


def _last(quantity: str) -> str:
    """Return the last two names of a dotted key, which say enough in a line."""
    return ".".join(str(quantity).split(".")[-2:])
