"""The last tables of a study: cost per avoided default, and the verdict on each claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import difference_cells, wrapped
from sim.report.units import interval, scale_of, written

if TYPE_CHECKING:
    from sim.analysis.study.findings import Findings


def money(findings: Findings, width: int) -> list[str]:
    """Return the cost per avoided default, and the break-even cost of the package."""
    columns = [
        TextColumn("CNY thousand per avoided default", prose=True),
        *(TextColumn(name, number=True) for name in ("operating cost", "profit given up")),
    ]
    rows: list[Row] = []
    table = findings.prices
    for arm in table["arm"].unique():
        cells = [str(arm)]
        for kind in ("operating cost", "profit given up"):
            one = table[(table["arm"] == arm) & (table["kind"] == kind)].iloc[0]
            value, low, high = (float(one[k]) / 1e3 for k in ("price", "low", "high"))
            none = one["why"] != ""
            cells.append("none" if none else f"{written(value, 0)} {interval(low, high, 0)}")
        rows.append(cells)
    lines = laid_out(columns, rows, width)
    found = findings.break_even.iloc[0]
    if found["why"]:
        multiple = f"none, since {found['why']}"
    else:
        ends = interval(float(found["low"]), float(found["high"]), 2)
        multiple = f"{written(float(found['multiple']), 2)} {ends}"
    lines += wrapped(
        "none: defaults avoided are not significantly different from zero, or defaults rose.", width
    )
    lines += wrapped(
        f"Break-even multiple of the package's extra cost, at which profit equals the base's: "
        f"{multiple}. Below 0, profit would fall even if the package cost nothing.",
        width,
    )
    return lines


def verdicts(findings: Findings, width: int) -> list[str]:
    """Return the verdict on each claim, with the deciding difference."""
    table = findings.verdicts
    if table is None:
        return []
    columns = [
        TextColumn("Claim", prose=True),
        TextColumn("verdict"),
        TextColumn("difference", number=True),
        TextColumn("interval", number=True),
        TextColumn("of", prose=True),
    ]
    rows: list[Row] = []
    for _, row in table.iterrows():
        unit, what = piece_of(str(row["what"]))
        known = row["low"] < row["high"]  # identical arms and single seeds have no interval
        found = difference_cells(row, unit) if known else ["-", "-"]
        label = what if known else str(row["why"])
        rows.append([str(row["statement"] or row["claim"]), str(row["verdict"]), *found, label])
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        f"{len(table):,} claims judged together on {findings.seeds:,} seeds, with a chance of at "
        "most 5 % of any false verdict (Holm), so these intervals are wider. For a claim with "
        "several parts, the weakest part is shown, or the one with the strongest evidence against "
        "it.",
        width,
    )


def piece_of(label: str) -> tuple[str, str]:
    """Return the unit of a piece of evidence, and a description of the difference."""
    from sim.outcomes import METRICS

    name = re.match(r"\w*", label)
    metric = METRICS.get(name[0]) if name else None
    if metric is None:
        return "", label
    title = metric.title.partition(",")[0]  # drop ", at the end", which is wrong for months 1 to 12
    rest = label.removeprefix(metric.name).lstrip(", ").removeprefix("of ")
    if rest.startswith("(log-odds)"):
        return "", f"{title}, log-odds: {rest.removeprefix('(log-odds)').lstrip(', ')}"
    rest = rest.removeprefix("(plain), ")
    shown = scale_of(metric.unit).difference.replace("percentage points", "points")
    return metric.unit, f"{title}, {shown}: {rest}" if shown else f"{title}: {rest}"
