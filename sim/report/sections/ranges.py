"""Bad loans over time, cost per avoided default, and results under other assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.report.quantity_words import Quantity, quantity
from sim.report.results import Results
from sim.report.tables import (
    NONE,
    Block,
    Cell,
    ReportTable,
    TableColumn,
    ends,
    number,
    stored,
    words,
)
from sim.report.units import decimals, interval, scale_of, titled, written
from sim.report.wording import plain

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"operating cost": "Operating cost", "profit given up": "Profit given up"}


def path_table(results: Results) -> ReportTable | None:
    """Return the bad-loan ratio at the year-ends, arm by arm."""
    table = results.table("path")
    if table is None:
        return None
    months = sorted(int(month) for month in table["month"].unique())
    rows = []
    for arm in dict.fromkeys(["base", "package", *table["arm"]]):
        cells = [words(results.title_of(arm))]
        for month in months:
            mine = table[(table["arm"] == arm) & (table["month"] == month)]
            if not len(mine):
                cells += [Cell(NONE), Cell(NONE)]
                continue
            one = mine.iloc[0]
            cells += stored(one, "mean", 100.0)
        rows.append(cells)
    columns = [TableColumn("Scenario")]
    for month in months:
        columns += [
            TableColumn(f"Month {month}", "number"),
            TableColumn("95 % interval", "interval"),
        ]
    return ReportTable(
        "path", "Bad loans over time, % of gross loans", columns, [Block("", rows)],
        "Means over the seeds. These intervals are wide because firms and economy differ between "
        "seeds; differences between rows are known far more precisely.",
    )  # fmt: skip


def price_table(results: Results) -> ReportTable | None:
    """Return the cost per avoided default, measure by measure."""
    table = results.table("prices")
    if table is None:
        return None
    if "bank" not in table:
        table = table.assign(bank="")
    blocks = []
    for bank, part in table.groupby("bank", sort=False):
        rows = [_prices(results, arm, part) for arm in dict.fromkeys(part["arm"])]
        blocks.append(Block(plain(str(bank)), rows))
    columns = [TableColumn("Measure")]
    for title in KINDS.values():
        columns += [TableColumn(title, "number"), TableColumn("95 % interval", "interval")]
    return ReportTable(
        "prices", "Cost per avoided default, CNY thousand", columns, blocks,
        "None: defaults avoided are not significantly different from zero, or defaults rose. "
        "Profit given up: cost less the savings on losses and the change of income on other loans; "
        "below zero, the measure avoids defaults and also raises profit.",
    )  # fmt: skip


def _prices(results: Results, arm: str, table: pd.DataFrame) -> list[Cell]:
    cells = [words(results.title_of(arm))]
    for kind in KINDS:
        one = table[(table["arm"] == arm) & (table["kind"] == kind)].iloc[0]
        if one["why"]:
            cells += [Cell("none"), Cell(NONE)]
            continue
        price, low, high = (float(one[k]) / 1e3 for k in ("price", "low", "high"))
        cells += [number(price, 0), ends(low, high, 0)]
    return cells


def break_even(results: Results) -> str:
    """Return the break-even cost of the measures in a sentence; empty if it is not known."""
    table = results.table("break_even")
    if table is None:
        return ""
    one = table.iloc[0]
    if one["why"]:
        return f"Break-even: none, since {one['why']}."
    multiple, low, high = (float(one[k]) for k in ("multiple", "low", "high"))
    digits = min(2, decimals((high - low) / 2, multiple))
    size = f"{written(multiple, digits)} times (95 % interval {interval(low, high, digits)})"
    return (
        f"Break-even: profit with all measures would equal profit without them if their extra cost "
        f"were {size} its present value."
    )


def equal_money_table(results: Results) -> ReportTable | None:
    """Return how often each part ranks first when all spend the same."""
    from sim.outcomes import METRICS

    table, setup = results.table("equal_money"), results.study.get("equal_money")
    if table is None or not setup:
        return None
    metric = METRICS[results.study["metrics"][0]]
    scale = scale_of(metric.unit)
    rows = [
        [
            words(results.title_of(row["arm"])),
            number(100 * float(row["probability"]), 0),
            ends(100 * float(row["low"]), 100 * float(row["high"]), 0),
            number(float(row["mean_rank"]), 1),
            number(scale.factor * float(row[metric.name]), 2, sign=True),
            number(100 * float(row["capped"]), 0),
        ]
        for _, row in table.iterrows()
    ]
    return ReportTable(
        "equal-money",
        "Ranking of measures at equal cost",
        (
            TableColumn("Measure"), TableColumn("Ranks first, % of draws", "number"),
            TableColumn("95 % interval", "interval"), TableColumn("Mean rank", "number"),
            TableColumn(f"Change, {scale.difference}" if scale.difference else "Change", "number"),
            TableColumn("Budget not used, % of draws", "number"),
        ),
        [Block("", rows)],
        f"{setup['draws']:,} draws of strengths and prices within \N{PLUS-MINUS SIGN}"
        f"{100 * setup['spread']:.0f} %, {setup['seeds']:,} seeds each; the budget of each measure "
        f"is {100 * setup['money']:.0f} % of the base's operating cost. Ranked by: "
        f"{titled(metric.title, metric.unit)}. A measure that cannot use the whole budget is set "
        "to its maximum strength.",
    )  # fmt: skip


def regime_table(results: Results) -> ReportTable | None:
    """Return the share of design points at which each claim holds."""
    table, setup = results.table("regimes"), results.study.get("regimes")
    if table is None or not setup:
        return None
    rows = []
    for _, row in table.iterrows():
        known = row["n"] > 0
        sure = known and row["p_holm"] <= 0.05
        pair = f"{quantity(row['first']).words}; {quantity(row['second']).words}"
        rows.append(
            [
                words(row["statement"] or str(row["claim"]).replace("_", " ")),
                number(100 * float(row["share"]), 0) if known else Cell(NONE),
                ends(100 * float(row["low"]), 100 * float(row["high"]), 0),
                words(pair if sure else "not significant"),
            ]
        )
    spans = "; ".join(_span(quantity(key), span) for key, span in setup["quantities"].items())
    return ReportTable(
        "regimes",
        "Share of design points at which each claim holds",
        (
            TableColumn("Claim"), TableColumn("Holds, % of points", "number"),
            TableColumn("95 % interval", "interval"), TableColumn("Main drivers"),
        ),
        [Block("", rows)],
        f"{setup['points']:,} points, {setup['seeds']:,} seeds each, spread evenly over the "
        f"assumptions that the thesis leaves open: {spans}. A claim holds at a point if its mean "
        "difference has the claimed sign.",
    )  # fmt: skip


def _span(one: Quantity, span: Mapping[str, float]) -> str:
    """Return an open quantity and the interval in which it was varied."""
    return f"{one.words} {one.factor * span['low']:g} to {one.factor * span['high']:g}"
