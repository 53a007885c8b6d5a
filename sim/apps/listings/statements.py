"""Every statement of the five theses: the mechanism that carries it, its keys, and where it stands.

Read from `data/statements.csv` of the working folder, as measures are from `scenarios/`.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError

TABLE = Path("data", "statements.csv")
TITLE = (
    "Statements of the theses. Type: X context, P problem, C cause, M measure, T claim or method. "
    "Where: the measure, claim, outcome or test that carries it, or what is out of scope."
)
COLUMNS = ("number", "thesis", "type", "mechanism", "keys", "where")
PROSE = ("mechanism", "keys", "where")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per statement; raises `RequestError` where the table is not at hand."""
    try:
        with TABLE.open(encoding="utf-8", newline="") as file:
            return [tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)]
    except OSError as fault:
        raise RequestError(
            f"{TABLE}: {fault.strerror}; call this from the project's own folder"
        ) from fault
