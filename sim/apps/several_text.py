"""A study over several banks as text: packages down, banks across, and the verdict on each claim.

Half-widths replace intervals, since five banks must fit in a line; the stored tables have both
limits.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import head_of, words_of, wrapped
from sim.apps.study_text import WORDS
from sim.core.names import OWN, PACKAGE
from sim.report.units import decimals, interval, scale_of, written
from sim.report.wording import lower_first

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.analysis.study.several import SeveralFindings

SHOWN = ("default_rate", "profit", "credit_to_good")
CALLED = {PACKAGE: "all together", OWN: "the bank's own"}
ALPHA = 0.05


def text_of_several(findings: SeveralFindings, width: int) -> str:
    """Return the complete text, with the verdicts last."""
    blocks = [_heading(findings, width)]
    blocks += [_changes(findings, metric, width) for metric in SHOWN if metric in findings.metrics]
    blocks.append(_prices(findings, width))
    if findings.attribution is not None:
        blocks.append(_shares(findings, width))
    blocks += [_leaders(findings, width), _verdicts(findings, width)]
    return "\n\n".join("\n".join(block) for block in blocks)


def _heading(findings: SeveralFindings, width: int) -> list[str]:
    study = findings.several.content
    arms = sum(found.runs["arm"].nunique() for found in findings.banks.values())
    lines = [*wrapped(f"{findings.several.name}: {' '.join(study.title.split())}", width)]
    lines += wrapped(
        f"Hypothesis, written before the run: {' '.join(study.hypothesis.split())}", width
    )
    lines += wrapped(
        f"{findings.seeds:,} seeds ({WORDS[findings.stopped]}), the same for {len(findings.banks)} "
        f"banks; {arms:,} arms in all. Intervals are 95 %.",
        width,
    )
    for one, other in findings.several.twins:
        lines += wrapped(
            f"{one} and {other} use the same base scenario, since their theses describe the same "
            "problems: where their columns agree, the second is not independent evidence.",
            width,
        )
    return lines


def _changes(findings: SeveralFindings, metric: str, width: int) -> list[str]:
    """Return the change of one outcome: packages down, banks across."""
    table = findings.effects
    unit = words_of(metric)[1]
    scale = scale_of(unit).factor
    mine = _cells(table[table["metric"] == metric], "arm")
    head = head_of(metric)
    title = "\n".join(textwrap.wrap(f"Change of {lower_first(head)}", 26))
    columns = [TextColumn(title, prose=True)]
    columns += [TextColumn(bank, number=True) for bank in findings.banks]
    rows: list[Row] = [
        ["base (its level)", *(_level(mine[bank, PACKAGE], scale) for bank in findings.banks)]
    ]
    rows += [
        [CALLED.get(arm, arm), *(_change(mine[bank, arm], scale) for bank in findings.banks)]
        for arm in findings.rows
    ]
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        f"Each row against the base; +-: half-width of the 95 % interval; *: significant at "
        f"{100 * ALPHA:.0f} % for the whole table (Holm).",
        width,
    )


def _cells(table: DataFrame, key: str) -> dict[tuple[str, str], Any]:
    """Return the rows of a table by bank and another column."""
    return {(str(row["bank"]), str(row[key])): row for _, row in table.iterrows()}


def _level(row: Any, scale: float) -> str:
    half = scale * (row["high"] - row["low"]) / 2
    return written(scale * row["base"], decimals(half, scale * row["base"]))


def _change(row: Any, scale: float) -> str:
    half = scale * (row["high"] - row["low"]) / 2
    value = scale * row["difference"]
    if half == 0 or half != half:
        return f"{written(value, 0)}  "
    digits = decimals(half, value)
    star = "*" if row["p_holm"] <= ALPHA else " "
    return f"{written(value, digits, sign=True)} +-{written(half, digits)}{star}"


def _prices(findings: SeveralFindings, width: int) -> list[str]:
    table = findings.prices
    mine = _cells(table[table["kind"] == "operating cost"], "arm")
    columns = [TextColumn("CNY thousand per avoided\ndefault, operating cost", prose=True)]
    columns += [TextColumn(bank, number=True) for bank in findings.banks]
    rows: list[Row] = []
    for arm in findings.rows:
        cells = []
        for bank in findings.banks:
            row = mine[bank, arm]
            low, high = float(row["low"]) / 1e3, float(row["high"]) / 1e3
            price = written(float(row["price"]) / 1e3, 0)
            cells.append("none" if row["why"] else f"{price} {interval(low, high, 0)}")
        rows.append([CALLED.get(arm, arm), *cells])
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        "none: defaults avoided are not significantly different from zero, or defaults rose.", width
    )


def _shares(findings: SeveralFindings, width: int) -> list[str]:
    metric = findings.metrics[0]
    unit = words_of(metric)[1]
    scale = scale_of(unit).factor
    table = findings.attribution
    assert table is not None  # checked by the caller
    mine = _cells(table[table["metric"] == metric], "package")
    columns = [TextColumn(f"Attribution of the joint\neffect (Shapley):\n{metric}", prose=True)]
    columns += [TextColumn(bank, number=True) for bank in findings.banks]
    rows: list[Row] = []
    for part in next(iter(findings.banks.values())).study.parts:
        cells = []
        for bank in findings.banks:
            row = mine[bank, part]
            half = scale * (row["high"] - row["low"]) / 2
            value = scale * row["contribution"]
            digits = decimals(half, value)
            cells.append(f"{written(value, digits, sign=True)} +-{written(half, digits)}")
        rows.append([part, *cells])
    lines = laid_out(columns, rows, width)
    if "pairs" not in table:
        return lines
    pairs = int(table["pairs"].iloc[0])
    return lines + wrapped(
        f"{head_of(metric)}; from {pairs} random orders and their reverses; +- covers the sampling "
        "error of seeds and of orders together.",
        width,
    )


def _leaders(findings: SeveralFindings, width: int) -> list[str]:
    text = [
        f"{bank} {first}{'' if apart else f' (not significantly different from {second})'}"
        for bank, (first, second, apart) in findings.leaders.items()
        if first
    ]
    title = words_of(findings.metrics[0])[0].lower()
    how = "by attribution" if findings.attribution is not None else "alone"
    line = f"Largest effect on the {title}, {how}: {'; '.join(text)}."
    return wrapped(line, width) if text else []


def _verdicts(findings: SeveralFindings, width: int) -> list[str]:
    table = findings.verdicts
    mine = _cells(table, "claim")
    columns = [TextColumn("Claim", prose=True), *(TextColumn(bank) for bank in findings.banks)]
    rows: list[Row] = []
    for name in dict.fromkeys(table["claim"]):
        found = [mine[bank, name] for bank in findings.banks]
        rows.append([str(found[0]["statement"] or name), *(str(one["verdict"]) for one in found)])
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        f"{len(table):,} claims judged together on {findings.seeds:,} seeds, with a chance of at "
        "most 5 % of any false verdict (Holm). Differences and intervals: verdicts.csv.",
        width,
    )
