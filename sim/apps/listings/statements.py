"""Every statement of the five theses: its mechanism, its keys, and where it is represented.

Read from `data/statements.csv`, which comes with the package.
"""

from __future__ import annotations

import csv
from typing import Any

from sim.core.errors import RequestError
from sim.core.shipped import root

TITLE = (
    "Statements of the theses. Type: X context, P problem, C cause, M measure, T claim or method. "
    "The measure qn/rating is scenarios/qn/measures/rating.yaml, the claim qn/rating is in "
    "experiments/qn.yaml; measures of `common` belong to experiments/five_banks.yaml."
)
COLUMNS = (
    "number", "thesis", "type", "statement", "mechanism", "keys",
    "measures", "claims", "tests", "outcomes", "out of scope",
)  # fmt: skip
PROSE = COLUMNS[3:]
SECTION = "thesis"  # the docs page has one table for each
KINDS = ("measure", "claim", "test", "metric", "scope")  # names used in the table, in this order


def rows() -> list[tuple[Any, ...]]:
    """Return one row per statement; raises `RequestError` where the table cannot be read."""
    table = root() / "data" / "statements.csv"
    try:
        with table.open(encoding="utf-8", newline="") as file:
            return [_row(row) for row in csv.DictReader(file)]
    except OSError as fault:
        raise RequestError(f"{table}: {fault.strerror}") from fault


def _row(row: dict[str, str]) -> tuple[str, ...]:
    """Return the cells of a statement, with the entries of `where` grouped by kind."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for part in filter(None, map(str.strip, row["where"].split(";"))):
        kind, _, name = part.partition(" ")
        found[kind].append(name)
    return (*(row[name] for name in COLUMNS[:6]), *("; ".join(found[kind]) for kind in KINDS))
