"""Tables as CSV: names stay text, and a spreadsheet finds no formula in them.

A name may look like a number, a date or a missing value, and a title may start like a formula, so
columns of text are declared, and neither pandas nor a spreadsheet guesses.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.names import neutral, original

if TYPE_CHECKING:
    import pandas as pd

TEXT = {
    "arm", "base_arm", "bank", "group", "metric", "title", "unit", "better", "package", "first",
    "second", "scale", "order", "claim", "statement", "kind", "verdict", "what", "why", "name",
    "line", "mechanism", "parts", "factor", "level", "against", "other_level", "decision",
    "depends_on", "side", "label", "range", "by_itself", "chinese", "chinese_verdict",
}  # fmt: skip # columns that hold no numbers
DIGITS = "%.10g"


def csv_text(table: pd.DataFrame, digits: str = DIGITS) -> str:
    """Return a table as CSV; a cell that a spreadsheet would execute gets an apostrophe."""
    safe = table.copy()
    for name in table.columns:
        if table[name].dtype.kind not in "biufcM":
            safe[name] = [neutral(one) if isinstance(one, str) else one for one in table[name]]
    text: str = safe.to_csv(index=False, float_format=digits, lineterminator="\n")
    return text


def rows_text(rows: Iterable[Sequence[str | float]]) -> str:
    """Return rows of text and numbers as CSV, as `csv_text`; an empty cell for no number."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([neutral(one) if isinstance(one, str) else _number(one) for one in row])
    return text.getvalue()


def _number(value: float) -> str:
    return "" if value != value else DIGITS % value


def read_csv(place: Path) -> pd.DataFrame:
    """Return a table written by `csv_text`: text as it was, all other columns as numbers.

    Raises `OSError` or `ValueError` if it cannot be read.
    """
    import pandas as pd

    table = pd.read_csv(place, dtype=str, keep_default_na=False)
    for name in table.columns:
        numbers = None if name in TEXT else pd.to_numeric(table[name], errors="coerce")
        if numbers is None or (numbers.isna() & ~table[name].isin(["", "nan"])).any():
            table[name] = [original(one) for one in table[name]]
        else:
            table[name] = numbers
    return table
