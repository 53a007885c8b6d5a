"""The verdicts of a study, as sentences and as a table."""

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
    """One claim: its statement, its verdict with a symbol readable without colour, the reason."""

    statement: str
    verdict: str
    mark: str
    reason: str


def claims_of(results: Results) -> list[Judged]:
    """Return the claims with their verdicts, in the order of the study; empty without verdicts."""
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
    if len(claims) == 1:
        return f"The only claim is {claims[0].verdict}."
    text = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"Of {len(claims)} claims, {text}."


def claims_table(results: Results) -> ReportTable | None:
    """Return every claim with the deciding difference."""
    table = results.table("verdicts")
    if table is None:
        return None
    rows = []
    for _, row in table.iterrows():
        unit, what = described(results, row["what"])
        cells = [Cell(NONE), Cell(NONE)]
        if row["low"] < row["high"]:
            cells = [*stored(row, "difference", scale_of(unit).factor, sign=True)]
        rows.append([words(_statement(row)), words(row["verdict"]), *cells, words(what)])
    seeds = results.seeds
    return ReportTable(
        "verdicts",
        "All claims, each with the deciding difference",
        (
            TableColumn("Claim"),
            TableColumn("Verdict", "verdict"),
            TableColumn("Difference", "number"),
            TableColumn("Interval", "interval"),
            TableColumn("Difference of what, and its unit"),
        ),
        [Block("", rows)],
        f"{len(rows)} claims judged together on {seeds:,} seeds, with a chance of at most 5 % of "
        "any false verdict (Holm); the intervals are wider for that reason. For a claim with "
        "several parts, the weakest part is shown, or the one with the strongest evidence against "
        "it.",
        folded=True,  # each claim is also listed among the verdicts
    )


def described(results: Results, label: str) -> tuple[str, str]:
    """Return the unit of a piece of evidence, and a description of the difference."""
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
    """Return a text with the names of arms replaced by their titles."""
    for pattern, shown in PATTERNS:
        found = re.fullmatch(pattern, text)
        if found:
            parts = found.groupdict()
            for key in ("a", "b"):
                if key in parts:
                    parts[key] = ", ".join(map(results.inside, parts[key].split(", ")))
            return shown.format(**parts)
    return results.inside(text)


def _statement(row: Any) -> str:
    """Return a claim's statement, followed by its number in the thesis."""
    text = str(row["statement"] or str(row["claim"]).replace("_", " "))
    bank = str(row.get("bank", ""))  # in a study over several banks
    if bank:
        return f"{plain(bank)}: {text[:1].lower()}{text[1:]}"
    found = re.fullmatch(r"([\d.,\s\u2013-]+): (.+)", text, flags=re.DOTALL)
    if not found:
        return text[:1].upper() + text[1:]
    return f"{found[2][:1].upper()}{found[2][1:]} ({found[1]})"


def _reason(results: Results, row: Any) -> str:
    unit, what = described(results, row["what"])
    if not row["low"] < row["high"]:  # identical arms and single seeds have no interval
        return f"{what}: no interval can be given."
    scale = scale_of(unit).factor
    value, low, high = (scale * float(row[k]) for k in ("difference", "low", "high"))
    digits = decimals((high - low) / 2, value)
    size = f"{written(value, digits, True)}, interval {interval(low, high, digits, True)}"
    return f"{what}: {_minus(size)}."


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
