"""The verdicts of a study as a list, from the cells of the table of verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.results.table import NONE, Table

MARKS = {"supported": "\N{CHECK MARK}", "refuted": "\N{MULTIPLICATION X}", "undecided": "?"}


class Judged(NamedTuple):
    """One claim: its statement, its verdict with a symbol readable without colour, the reason."""

    statement: str
    verdict: str
    mark: str
    reason: str


def judged_of(tables: Sequence[Table]) -> list[Judged]:
    """Return the claims in the order of the table; empty without verdicts."""
    rows = [row for one in tables if one.name == "verdicts" for b in one.blocks for row in b.rows]
    found = []
    for row in rows:
        statement, verdict, value, interval, what, *other = (cell.text for cell in row)
        size = f"{value}, interval {interval}." if value != NONE else "no interval can be given."
        stands = f" Under other numbers: {other[0]}." if other else ""
        found.append(Judged(statement, verdict, MARKS.get(verdict, ""), f"{what}: {size}" + stands))
    return found


def tally(claims: Sequence[Judged]) -> str:
    """Return how many claims are supported, refuted and undecided."""
    counts = {word: sum(one.verdict == word for one in claims) for word in MARKS}
    if len(claims) == 1:
        return f"The only claim is {claims[0].verdict}."
    text = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"Of {len(claims)} claims, {text}."
