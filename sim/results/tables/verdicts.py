"""The verdict on each claim, with the difference and the interval that decide it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import DECIDING, EMPTY, Block, Column, Table, estimates, stored, words
from sim.results.units import scale_of
from sim.results.unknown_words import labels
from sim.results.wording import plain

PATTERNS = (
    (r"(?P<a>.+) less the sum of (?P<b>.+)", "{a} less the sum of {b}"),
    (r"of (?P<a>.+) less (?P<b>.+), month (?P<m>\d+) to (?P<n>\d+)",
     "{a} less {b}, month {m} to {n}"),
    (r"of (?P<a>.+), month (?P<m>\d+) to (?P<n>\d+)", "{a}, month {m} to {n}"),
    (r"(?P<a>.+) less (?P<b>.+)", "{a} less {b}"),
)  # fmt: skip
COUNTS = {"2": "two", "3": "three", "4": "four", "5": "five", "6": "six"}
INTERVAL = DECIDING
NOTE = (
    "judged together on {seeds:,} seeds, with a chance of at most 5 % of any false verdict "
    "(Holm); the deciding intervals, paired t (of a share of points, Wilson), are wider for that "
    "reason. "
    "For a claim with several parts, the weakest part is shown, or the one with the strongest "
    "evidence against it."
)


@table("verdicts")
def verdicts(results: Results) -> Table | None:
    """Return every claim in the order of the study."""
    rows = results.known("verdicts")
    if rows is None:
        return None
    lines = []
    beside = labels(results)  # whether it stands where what nobody knows is otherwise
    for _, one in rows.iterrows():
        unit, what = described(results.inside, one["what"])
        cells = EMPTY
        if one["low"] < one["high"]:  # identical arms and single seeds have no interval
            cells = stored(one, "difference", scale_of(unit).factor, sign=True)
        more = []
        if beside:
            key = (str(one.get("bank", "")), str(one["claim"]))
            more = [words(beside.get(key, "not tried"))]
        what = which_part(str(one["why"])) + what
        lines.append([words(statement(one)), words(one["verdict"]), *cells, words(what), *more])
    return Table(
        "verdicts",
        "All claims, each with the deciding difference",
        [
            Column("Claim"),
            Column("Verdict", "verdict"),
            *estimates("Difference", interval=INTERVAL),
            Column("Difference of what, and its unit"),
            *([Column("Under other numbers")] if beside else []),
        ],
        [Block("", lines)],
        f"{len(lines):,} claim{'s'[: len(lines) != 1]} {NOTE.format(seeds=results.seeds)}",
    )


def which_part(why: str) -> str:
    """Return ``the weakest of three parts: `` where a claim has several, as its reason says."""
    found = re.search(r"the (weakest|worst) \(of (\d+) parts\)$", why)
    if found is None:
        return ""
    return f"the {found[1]} of {COUNTS.get(found[2], found[2])} parts: "


def described(inside: Callable[[str], str], label: str) -> tuple[str, str]:
    """Return the unit of a piece of evidence, and a description of the difference.

    `inside` gives the title of an arm for use inside a sentence.
    """
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
    rest = _in_titles(inside, re.sub(r"^\((log-odds|plain)\), ", "", rest))
    title = metric.title.partition(",")[0]  # not ", at the end", which is wrong for months 1 to 12
    return unit, f"{title}, {shown}: {rest}" if shown else f"{title}: {rest}"


def _in_titles(inside: Callable[[str], str], text: str) -> str:
    """Return a text with the names of arms replaced by their titles."""
    for pattern, shown in PATTERNS:
        found = re.fullmatch(pattern, text)
        if found:
            parts = found.groupdict()
            for key in ("a", "b"):
                if key in parts:
                    parts[key] = ", ".join(map(inside, parts[key].split(", ")))
            return shown.format(**parts)
    return inside(text)


def statement(row: Any) -> str:
    """Return a claim's statement, followed by its number in the thesis."""
    text = str(row["statement"] or str(row["claim"]).replace("_", " "))
    bank = str(row.get("bank", ""))  # in a study over several banks
    if bank:
        return f"{plain(bank)}: {text[:1].lower()}{text[1:]}"
    found = re.fullmatch(r"([\d.,\s\u2013-]+): (.+)", text, flags=re.DOTALL)
    if not found:
        return text[:1].upper() + text[1:]
    return f"{found[2][:1].upper()}{found[2][1:]} ({found[1]})"
