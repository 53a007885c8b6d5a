"""The statements of the theses as data: our wording, how the model puts each, and what carries it.

Read from `data/statements.csv`, which comes with the package.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import RequestError
from sim.core.shipped import root

KINDS = ("measure", "claim", "see", "cause", "test", "metric", "scope")  # what `where` may name
SIDES = ("low", "high")
DIRECTIONS = ("lower", "higher")
RISK = ("default_rate", "npl_ratio_mean")  # both must move: neither alone is asset quality
OUTCOMES = (*RISK, "profit", "credit_to_good")


class Pull(NamedTuple):
    """A lever of the bank, and the extreme to which it is moved."""

    lever: str
    side: str


class Expected(NamedTuple):
    """An outcome of the lever report, and the direction in which the statement says it moves."""

    outcome: str
    direction: str


@dataclass(frozen=True)
class Statement:
    """One statement; `where` has the names by kind, see `KINDS`.

    `claim` and `cause` decide the verdict, and so do the `levers` where `expected` says how they
    move an outcome; `see` is a claim shown beside.  `not_shown` is the reason why nothing does.
    """

    number: str
    thesis: str
    type: str
    text: str
    mechanism: str
    keys: tuple[str, ...]
    levers: tuple[Pull, ...]
    expected: tuple[Expected, ...]
    where: Mapping[str, tuple[str, ...]]
    not_shown: str


def listed(path: Path | None = None) -> list[Statement]:
    """Return every statement in the order of the file, by default the shipped one.

    Raises `RequestError` where the file cannot be read or a row has too many or too few cells,
    where a number occurs twice, and for a statement that nothing carries and that gives no reason,
    or that has both.
    """
    place = path or root() / "data" / "statements.csv"
    try:
        with place.open(encoding="utf-8", newline="") as file:
            found = [_statement(row) for row in csv.DictReader(file)]
    except OSError as fault:
        raise RequestError(f"{place}: {fault.strerror}") from fault
    for fault_found in _faults(found):
        raise RequestError(f"{place}: {fault_found}")
    return found


def _statement(row: Mapping[str, str]) -> Statement:
    if None in row or None in row.values():  # how `csv` marks cells beyond the header, and gaps
        raise RequestError(f"statements: {row['number']}: not one cell per column; quote commas")
    where: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, name in _pairs(row, "where", KINDS):
        where[kind].append(name)
    return Statement(
        number=row["number"],
        thesis=row["thesis"],
        type=row["type"],
        text=row["statement"],
        mechanism=row["mechanism"],
        keys=tuple(_parts(row["keys"])),
        levers=tuple(Pull(lever, side) for lever, side in _pairs(row, "levers", None, SIDES)),
        expected=tuple(_expected(row)),
        where={kind: tuple(names) for kind, names in where.items()},
        not_shown=row["not_shown"],
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _pairs(
    row: Mapping[str, str],
    column: str,
    firsts: Sequence[str] | None,
    seconds: Sequence[str] | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield the two words of each part of a cell; the second may contain blanks."""
    for part in _parts(row[column]):
        first, _, second = part.partition(" ")
        for word, known in ((first, firsts), (second, seconds)):
            if not second or (known is not None and word not in known):
                allowed = ", ".join(known or ("a name and a word",))
                raise RequestError(
                    f"statements: {row['number']}, {column}: '{part}'; allowed: {allowed}"
                )
        yield first, second


def _expected(row: Mapping[str, str]) -> Iterator[Expected]:
    for outcome, direction in _pairs(row, "expected", ("risk", *OUTCOMES), DIRECTIONS):
        for one in RISK if outcome == "risk" else (outcome,):
            yield Expected(one, direction)


def _faults(statements: Sequence[Statement]) -> Iterator[str]:
    """Yield what is wrong with the list as a whole."""
    seen: set[str] = set()
    for one in statements:
        if one.number in seen:
            yield f"statement {one.number} is there twice"
        seen.add(one.number)
        carried = bool(one.where["claim"] or one.where["cause"] or one.expected)
        if carried == bool(one.not_shown):
            what = "both a carrier and a reason for none" if carried else "no carrier and no reason"
            yield f"statement {one.number} has {what}"
        if one.expected and not one.levers:
            yield f"statement {one.number} expects something of no lever"
