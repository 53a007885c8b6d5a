"""The effect of each measure: alone, attributed, left out, in pairs, added one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.core.names import PACKAGE
from sim.report.results import Results
from sim.report.sections.outcomes import Effects, difference_cells
from sim.report.tables import Block, Cell, ReportTable, TableColumn, number, stored, words
from sim.report.units import decimals, scale_of, titled
from sim.report.wording import bank_words

if TYPE_CHECKING:
    import pandas as pd

DIFFERENCE = (TableColumn("Difference", "number"), TableColumn("95 % interval", "interval"))
MAIN = ("profit", "credit_to_good")  # shown in addition to the outcome that ranks the parts


def alone_table(results: Results, effects: Effects) -> ReportTable | None:
    """Return the effect of every arm but the package on each outcome, a block for each arm."""
    rows = effects.rows[effects.rows["arm"] != PACKAGE]
    if not len(rows):
        return None
    several = rows["bank"].nunique() > 1
    order = [*results.account.get("single", {}).values(), *rows["arm"]]
    blocks = [
        Block(
            results.title_of(str(arm)),
            [
                [
                    words(titled(row["title"], row["unit"]) + _where(row, several)),
                    *difference_cells(row),
                    words(row["verdict"]),
                ]
                for _, row in rows[rows["arm"] == arm].iterrows()
            ],
        )
        for arm in dict.fromkeys(order)
        if (rows["arm"] == arm).any()
    ]
    return ReportTable(
        "alone",
        f"Each measure alone, and each further scenario, against {results.base_words}",
        (TableColumn("Outcome"), *DIFFERENCE, TableColumn("Verdict", "verdict")),
        blocks,
        "Differences of percentages are in percentage points. Verdicts are corrected per block.",
        folded=True,
    )


def shares_table(results: Results, rest: bool = False) -> ReportTable | None:
    """Return the attribution of the package's effect to its parts (Shapley values).

    It covers the main outcomes, or with `rest` all other outcomes.
    """
    table = results.table("attribution")
    if table is None:
        return None
    chosen = [results.study.get("metrics", ["default_rate"])[0], *MAIN]
    table = table[table["metric"].isin(chosen) != rest]
    table = table.sort_values("share", ascending=False, kind="stable")
    table = table.sort_values("metric", key=lambda m: m.map(_order(results)), kind="stable")
    if not len(table):
        return None

    def row(one: Any, unit: str) -> list[Cell]:
        share = float(one["share"])
        return [
            words(results.title_of(one["package"])),
            *_estimate(one, unit, "contribution"),
            number(100 * share, 0 if abs(share) >= 0.095 else 1),
        ]

    return ReportTable(
        "shares-of-other-outcomes" if rest else "shares",
        "Attribution of the effect of all measures" + ", other outcomes" * rest,
        (TableColumn("Measure"), *DIFFERENCE, TableColumn("Share of the total, %", "number")),
        _by_outcome(table, row),
        "Shapley values: the average effect of adding a measure, over all orders in which the "
        "measures could be added. They sum to the total effect; a negative share reduces it.",
        folded=rest,
    )


def left_out_table(results: Results) -> ReportTable | None:
    """Return the effect that the package loses without each part."""
    table = results.table("leave_one_out")
    if table is None:
        return None

    def row(one: Any, unit: str) -> list[Cell]:
        return [words(results.title_of(one["package"])), *_estimate(one, unit, "contribution")]

    return ReportTable(
        "left-out",
        "Effect of each measure when all others are in place",
        (TableColumn("Measure"), *DIFFERENCE),
        _by_outcome(table, row),
        "All measures less all measures except this one.",
        folded=True,
    )


def together_table(results: Results) -> ReportTable | None:
    """Return the interaction of each pair of parts: joint effect less the sum of both."""
    table = results.table("interactions")
    if table is None:
        return None

    def row(one: Any, unit: str) -> list[Cell]:
        log_odds = one["scale"] == "log-odds"
        pair = f"{results.title_of(one['first'])} with {results.title_of(one['second'])}"
        cells = _estimate(one, "" if log_odds else unit, "interaction")
        return [words(pair), *cells, words("log-odds" if log_odds else scale_of(unit).difference)]

    return ReportTable(
        "together",
        "Interactions: joint effect of two measures less the sum of both",
        (TableColumn("Measures"), *DIFFERENCE, TableColumn("Unit")),
        _by_outcome(table, row, unit_in_heading=False),
        "0: no interaction. Probabilities are compared on the log-odds scale, on which effects add "
        "up.",
        folded=True,
    )


def ladder_table(results: Results) -> ReportTable | None:
    """Return the steps of measures added one by one, in the thesis's and in the best order."""
    table = results.table("ladders")
    if table is None:
        return None
    blocks = []
    orders = {"thesis": "in the thesis's order", "best": "best next step first"}
    for (metric, order), part in table.groupby(["metric", "order"], sort=False):
        unit, title = _metric(str(metric))
        rows = []
        for _, one in part.iterrows():
            scale = scale_of(unit).factor
            ends = {"low": one["step_low"], "high": one["step_high"], "step": one["step"]}
            step, interval = stored(ends, "step", scale, sign=True)
            first = one["position"] == 0
            value = scale * float(one["value"])
            name = results.title_of(one["package"]) if one["package"] else results.title_of("base")
            half = scale * float(one["change_high"] - one["change_low"]) / 2
            rows.append(
                [
                    words(name), number(value, decimals(half, value)),
                    Cell("") if first else step, Cell("") if first else interval,
                ]
            )  # fmt: skip
        blocks.append(Block(f"{title}, {orders.get(str(order), str(order))}", rows))
    return ReportTable(
        "ladder",
        "Measures added one by one",
        (
            TableColumn("Measure added"), TableColumn("Level reached", "number"),
            TableColumn("This step", "number"), TableColumn("95 % interval", "interval"),
        ),
        blocks,
        "Each row includes the measures of the rows above it.",
        folded=True,
    )  # fmt: skip


def _order(results: Results) -> dict[str, int]:
    """Return the positions of the outcomes in the order of the study."""
    return {name: place for place, name in enumerate(results.study.get("metrics", []))}


def _by_outcome(
    table: pd.DataFrame, row: Callable[[Any, str], list[Cell]], unit_in_heading: bool = True
) -> list[Block]:
    several = table["bank"].nunique() > 1
    blocks = []
    for (bank, metric), part in table.groupby(["bank", "metric"], sort=False):
        unit, title = _metric(str(metric), unit_in_heading)
        heading = f"{title} ({bank_words(bank)})" if several else title
        blocks.append(Block(heading, [row(one, unit) for _, one in part.iterrows()]))
    return blocks


def _metric(name: str, with_unit: bool = True) -> tuple[str, str]:
    """Return an outcome's unit, and its title with the unit of its differences."""
    from sim.outcomes import METRICS

    metric = METRICS[name]
    shown = scale_of(metric.unit).difference
    title = f"{metric.title}, {shown}" if shown and with_unit else metric.title
    return metric.unit, title


def _estimate(one: Any, unit: str, name: str) -> tuple[Cell, Cell]:
    return stored(one, name, scale_of(unit).factor, sign=True)


def _where(row: Any, several: bool) -> str:
    return f" ({bank_words(row['bank'])})" if several else ""
