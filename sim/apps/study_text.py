"""A study as text: the question, the results, and the verdict on each claim.

It is written for a bank's decision makers: levels and differences in percentages and million CNY,
each with its interval; the number of seeds is stated once.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import (
    better_of,
    difference_cells,
    head_of,
    way_of,
    words_of,
    wrapped,
)
from sim.apps.study_ranges import at_equal_money, where_it_holds
from sim.apps.study_short import in_short
from sim.apps.study_together import one_upon_another, pair_by_pair
from sim.apps.study_verdicts import money, verdicts
from sim.core.names import BASE, PACKAGE, printable
from sim.report.units import decimals, interval, scale_of, titled, written

if TYPE_CHECKING:
    from sim.analysis.study.findings import Findings

WORDS = {
    "fixed": "the number requested",
    "precision": "added until the half-width set by the study was reached",
    "cap": "the maximum set by the study; the half-width was not reached",
}
BRIEF = ("default_rate", "profit", "credit_to_good")


def text(findings: Findings, width: int) -> str:
    """Return the complete text of a study, with verdicts and summary last."""
    blocks = [heading(findings, width), path(findings, width), package(findings, width)]
    if "alone" in findings.study.content.questions:
        blocks.append(alone(findings, width))
    if findings.attribution is not None:
        blocks.append(shares(findings, width))
    blocks += [one_upon_another(findings, width), pair_by_pair(findings, width)]
    blocks.append(money(findings, width))
    blocks += [at_equal_money(findings, width), where_it_holds(findings, width)]
    blocks += [verdicts(findings, width), in_short(findings, width)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def heading(findings: Findings, width: int) -> list[str]:
    """Return the question, the hypothesis, and the number of seeds, arms and months."""
    study = findings.study.content
    months = int(findings.months["month"].max())
    arms = findings.runs["arm"].nunique()
    lines = [printable(f"{findings.study.name}: {' '.join(study.title.split())}")]
    lines += wrapped(
        f"Hypothesis, written before the run: {' '.join(study.hypothesis.split())}", width
    )
    lines += wrapped(
        f"{findings.seeds:,} seeds ({WORDS[findings.stopped]}), {arms:,} arms on the same seeds, "
        f"{months:,} months. Intervals are 95 %. Undecided: not statistically significant.",
        width,
    )
    return lines


def path(findings: Findings, width: int) -> list[str]:
    """Return the bad-loan ratio at the year-ends, arm by arm."""
    table = findings.path
    months = sorted(table["month"].unique())
    columns = [TextColumn("Bad loans, % of gross loans", prose=True)]
    columns += [TextColumn(f"month {month}", number=True) for month in months]
    rows: list[Row] = []
    for arm in dict.fromkeys([BASE, PACKAGE, *table["arm"]]):
        cells = [arm]
        for month in months:
            one = table[(table["arm"] == arm) & (table["month"] == month)].iloc[0]
            mean, low, high = (100.0 * float(one[k]) for k in ("mean", "low", "high"))
            digits = decimals((high - low) / 2, mean)
            cells.append(f"{written(mean, digits)} {interval(low, high, digits)}")
        rows.append(cells)
    return laid_out(columns, rows, width)


def package(findings: Findings, width: int) -> list[str]:
    """Return the effect of all measures together on each outcome."""
    columns = [
        TextColumn("All measures together", prose=True),
        *(TextColumn(name, number=True) for name in ("base", "package", "difference", "interval")),
        TextColumn("verdict"),
    ]
    table = findings.effects
    mine = table[(table["arm"] == PACKAGE) & (table["bank"] == findings.bank)]
    rows: list[Row] = []
    for _, row in mine.iterrows():
        title, unit = words_of(row["metric"])
        scale = scale_of(unit).factor
        digits = decimals(scale * (row["high"] - row["low"]) / 2, scale * row["base"])
        levels = [written(scale * float(row[k]), digits) for k in ("base", "other")]
        rows.append([titled(title, unit), *levels, *difference_cells(row, unit), way_of(row)])
    return laid_out(columns, rows, width)


def alone(findings: Findings, width: int) -> list[str]:
    """Return the effect of each measure alone on the main outcomes."""
    table = findings.effects
    shown = [name for name in BRIEF if name in findings.metrics]
    columns = [TextColumn("Each measure alone, against the base", prose=True)]
    columns += [
        TextColumn("\n".join(textwrap.wrap(head_of(name), 22)), number=True) for name in shown
    ]
    rows: list[Row] = []
    for name, arm in findings.single.items():
        mine = table[(table["arm"] == arm) & (table["bank"] == findings.bank)].set_index("metric")
        cells = [name]
        for metric in shown:
            row: Any = mine.loc[metric]
            cells.append(" ".join(difference_cells(row, words_of(metric)[1])))
        rows.append(cells)
    return laid_out(columns, rows, width)


def shares(findings: Findings, width: int) -> list[str]:
    """Return the attribution of the package's effect to its parts, the largest share first."""
    metric = findings.metrics[0]
    title, unit = words_of(metric)
    table = findings.attribution
    assert table is not None  # checked by the caller
    mine = table[(table["metric"] == metric) & (table["bank"] == findings.bank)]
    mine = mine.sort_values("contribution", ascending=better_of(metric) != "higher")
    columns = [
        TextColumn(f"Attribution: {titled(title, unit)} (Shapley)", prose=True),
        *(
            TextColumn(name, number=True)
            for name in ("share", "interval", "of the total", "if left out")
        ),
    ]
    rest = findings.leave_one_out
    rows: list[Row] = []
    for _, row in mine.iterrows():
        part = str(row["package"])
        out = "-"
        if rest is not None:
            chosen = (rest["metric"] == metric) & (rest["package"] == part)
            lost = rest[chosen & (rest["bank"] == findings.bank)].iloc[0]
            out = difference_cells(lost.rename({"contribution": "difference"}), unit)[0]
        share = "-" if row["share"] != row["share"] else f"{100 * row['share']:.0f} %"
        found = difference_cells(row.rename({"contribution": "difference"}), unit)
        rows.append([part, *found, share, out])
    lines = laid_out(columns, rows, width)
    first, second, apart = findings.leader
    if first:
        differs = "significantly" if apart else "not significantly"
        lines += wrapped(
            f"Largest contribution: {first}, {differs} different from {second}.", width
        )
    return lines
