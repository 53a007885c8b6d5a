"""The verdicts of a study, each as a sentence and all as a table."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sim.report.results import Results
from sim.report.tables import NONE, Block, Cell, ReportTable, TableColumn, stored, words
from sim.report.units import decimals, interval, scale_of, written
from sim.report.wording import plain

MARKS = {"supported": "\N{CHECK MARK}", "refuted": "\N{MULTIPLICATION X}", "undecided": "?"}
PATTERNS = (
    (r"(?P<a>.+) less the sum of (?P<b>.+)", "{a} less the sum of {b}"),
    (r"of (?P<a>.+) less (?P<b>.+), month (?P<m>\d+) to (?P<n>\d+)",
     "{a} less {b}, month {m} to {n}"),
    (r"of (?P<a>.+), month (?P<m>\d+) to (?P<n>\d+)", "{a}, month {m} to {n}"),
    (r"(?P<a>.+) less (?P<b>.+)", "{a} less {b}"),
)  # fmt: skip


class Judged(NamedTuple):
    """One claim: its words, its verdict with a mark that reads in grey, and the reason."""

    statement: str
    verdict: str
    mark: str
    reason: str


def claims_of(results: Results) -> list[Judged]:
    """Return the claims with their verdicts, in the order of the study; none without verdicts."""
    table = results.table("verdicts")
    if table is None:
        return []
    return [
        Judged(
            _statement(row), row["verdict"], MARKS.get(row["verdict"], ""), _reason(results, row)
        )
        for _, row in table.iterrows()
    ]


def tally(claims: list[Judged]) -> str:
    """Return how many claims are supported, refuted and undecided."""
    counts = {word: sum(one.verdict == word for one in claims) for word in MARKS}
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    whole = "claim is" if len(claims) == 1 else "claims are"
    return f"Of {len(claims)} claims, {said}." if len(claims) > 1 else f"The one {whole} {said}."


def claims_table(results: Results) -> ReportTable | None:
    """Return every claim with the difference that decided."""
    table = results.table("verdicts")
    if table is None:
        return None
    rows = []
    for _, row in table.iterrows():
        unit, what = spoken(results, row["what"])
        cells = [Cell(NONE), Cell(NONE)]
        if row["low"] < row["high"]:
            cells = [*stored(row, "difference", scale_of(unit).factor, sign=True)]
        rows.append([words(_statement(row)), words(row["verdict"]), *cells, words(what)])
    seeds = results.seeds
    return ReportTable(
        "verdicts",
        "Every claim, and the difference that decided",
        (
            TableColumn("Claim"),
            TableColumn("Verdict", "verdict"),
            TableColumn("Difference", "number"),
            TableColumn("Interval", "interval"),
            TableColumn("Difference of what, and its unit"),
        ),
        [Block("", rows)],
        f"{len(rows)} claims judged together on {seeds:,} seeds, with a chance of 5 % for one "
        "false verdict among them; the intervals are widened for that. Of a claim with several "
        "parts, the weakest part is shown, or the one that speaks most against it.",
        folded=True,  # each stands among the verdicts as well
    )


def spoken(results: Results, label: str) -> tuple[str, str]:
    """Return the unit of a piece of evidence, and what it is of in words."""
    from sim.outcomes import METRICS

    name = re.match(r"\w*", label)
    metric = METRICS.get(name[0]) if name else None
    if metric is None:
        return "", label.replace("_", " ")
    rest = label.removeprefix(metric.name).lstrip(", ")
    shown = scale_of(metric.unit).difference
    unit = metric.unit
    if rest.startswith("(log-odds)"):
        unit, shown = "", "log-odds"
    rest = _in_titles(results, re.sub(r"^\((log-odds|plain)\), ", "", rest))
    title = f"{metric.title}, {shown}" if shown else metric.title
    return unit, f"{title}: {rest}"


def _in_titles(results: Results, text: str) -> str:
    """Return a text with the words for arms in the place of their names."""
    for pattern, said in PATTERNS:
        found = re.fullmatch(pattern, text)
        if found:
            parts = found.groupdict()
            for key in ("a", "b"):
                if key in parts:
                    parts[key] = ", ".join(map(results.inside, parts[key].split(", ")))
            return said.format(**parts)
    return results.inside(text)


def _statement(row: Any) -> str:
    """Return a claim's words, the number of the thesis's statement behind them."""
    said = str(row["statement"] or str(row["claim"]).replace("_", " "))
    bank = str(row.get("bank", ""))  # of a study over several
    if bank:
        return f"{plain(bank)}: {said[:1].lower()}{said[1:]}"
    found = re.fullmatch(r"([\d.,\s\u2013-]+): (.+)", said, flags=re.DOTALL)
    if not found:
        return said[:1].upper() + said[1:]
    return f"{found[2][:1].upper()}{found[2][1:]} ({found[1]})"


def _reason(results: Results, row: Any) -> str:
    unit, what = spoken(results, row["what"])
    if not row["low"] < row["high"]:  # identical arms and single seeds have no interval
        return f"{what}: no interval can be given."
    scale = scale_of(unit).factor
    value, low, high = (scale * float(row[k]) for k in ("difference", "low", "high"))
    digits = decimals((high - low) / 2, value)
    size = f"{written(value, digits, True)}, interval {interval(low, high, digits, True)}"
    return f"{what}: {_minus(size)}."


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
