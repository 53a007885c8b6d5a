"""A list as text for the screen, as CSV, JSON or Markdown for programs, or as a docs page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.apps.layout import TextColumn, laid_out
from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    from sim.apps.listings import Listing

Rows = Sequence[tuple[Any, ...]]
UNBROKEN = 100_000  # line width that never breaks, for output that is not shown on a screen


def formatted(listing: Listing, kind: str, width: int | None, words: Sequence[str] = ()) -> str:
    """Return a list in the format called `kind`; `width` None does not break text lines.

    Only entries in which each of `words` occurs, in capitals or not.  Raises `RequestError` for an
    unknown format, and where no entry has the words.
    """
    if kind not in FORMATS:
        raise RequestError(
            f"no format called '{kind}'{nearest(kind, FORMATS)}; known: {', '.join(FORMATS)}"
        )
    rows = [row for row in listing.rows() if all(_occurs(word, row) for word in words)]
    if words and not rows:
        name = listing.__name__.rpartition(".")[2]
        raise RequestError(f"no entry of {name} has {' and '.join(map(repr, words))}")
    return FORMATS[kind](listing, rows, width)


def _occurs(word: str, row: tuple[Any, ...]) -> bool:
    return any(word.lower() in str(cell).lower() for cell in row)


def as_text(listing: Listing, rows: Rows, width: int | None) -> str:
    """Return a table for a screen."""
    used = [k for k in range(len(listing.COLUMNS)) if any(row[k] != "" for row in rows)]
    columns = [
        TextColumn(name, prose=k > 0 and name in listing.PROSE)
        for k, name in enumerate(listing.COLUMNS)
        if k in used
    ]
    cells = [[_plain(row[k]) for k in used] for row in rows]
    if not rows:
        return f"{listing.TITLE}\nnone found"
    return "\n".join([listing.TITLE, "", *laid_out(columns, cells, width or UNBROKEN)])


def as_csv(listing: Listing, rows: Rows, width: int | None) -> str:
    """Return comma-separated values with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(listing.COLUMNS)
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def as_json(listing: Listing, rows: Rows, width: int | None) -> str:
    """Return a JSON array of objects."""
    return json.dumps(
        [dict(zip(listing.COLUMNS, row, strict=True)) for row in rows], indent=1, ensure_ascii=False
    )


def as_markdown(listing: Listing, rows: Rows, width: int | None) -> str:
    """Return a Markdown table."""
    return _markdown(listing.COLUMNS, rows)


def as_page(listing: Listing, rows: Rows, width: int | None) -> str:
    """Return a complete Markdown page: one table, or one for each value of the list's `SECTION`."""
    name = listing.__name__.rpartition(".")[2]
    lines = [f"# {name.capitalize()}", "", listing.TITLE, ""]
    lines += [f"Made by `smelend describe {name} --format page`; do not edit.", ""]
    section = getattr(listing, "SECTION", None)
    if section is None:
        return "\n".join([*lines, as_markdown(listing, rows, width)])
    at = listing.COLUMNS.index(section)
    columns = [column for column in listing.COLUMNS if column != section]
    for value in dict.fromkeys(row[at] for row in rows):
        mine = [(*row[:at], *row[at + 1 :]) for row in rows if row[at] == value]
        lines += [f"## {value}", "", _markdown(columns, mine), ""]
    return "\n".join(lines).rstrip()


def _markdown(columns: Sequence[str], rows: Rows) -> str:
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in [list(columns), ["---"] * len(columns), *cells]
    )


def _plain(cell: Any) -> str:
    """Return an integer value without decimals, also if it is stored as a float."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


FORMATS = {
    "text": as_text, "csv": as_csv, "json": as_json, "markdown": as_markdown, "page": as_page,
}  # fmt: skip
