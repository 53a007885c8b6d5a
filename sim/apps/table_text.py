"""Tables as text for the screen: the blocks that are shown at once, in the width of a line.

A title of a column of numbers is broken where its cells are narrower.  Where even that does not
fit, each row becomes a short paragraph (`layout`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sim.apps.layout import LEAST_PROSE, Row, TextColumn, display_width, laid_out
from sim.core.names import printable
from sim.results.table import Column, Table

PLAIN = str.maketrans({
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{NO-BREAK SPACE}": " ",
    "\N{PLUS-MINUS SIGN}": "+-",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{MULTIPLICATION SIGN}": "x",
})  # fmt: skip # signs of tables that not every screen can show
LEAST_TITLE = 9  # smallest width to which the title of a column is broken, characters


def as_text(table: Table, width: int) -> list[str]:
    """Return the lines of a table: title, rows and note."""
    lines = wrapped(table.title, width)
    if table.first:
        rows: list[Row] = []
        for block in table.first:
            rows += ["\n".join(wrapped(block.heading, width))] if block.heading else []
            rows += [[_plain(cell.text) for cell in row] for row in block.rows]
        indented = any(block.heading for block in table.first)
        rows = [
            row if isinstance(row, str) else [" " * 2 * indented + row[0], *row[1:]] for row in rows
        ]
        lines += laid_out([_column(table, k) for k in range(len(table.columns))], rows, width)
    if table.note:
        lines += wrapped(table.note, width, indent="  ")
    return lines


def all_as_text(tables: Sequence[Table], width: int) -> str:
    """Return several tables as text."""
    return "\n\n".join("\n".join(as_text(table, width)) for table in tables if table.first)


def more_of(tables: Sequence[Table], width: int) -> list[str]:
    """Return a line that names the tables that are not shown in full."""
    more = [f"{table.name} ({table.length:,} rows)" for table in tables if table.rest]
    return wrapped(f"In full in the folder tables: {', '.join(more)}.", width) if more else []


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text broken into lines; a number and its percent sign stay together."""
    joined = printable(_plain(text)).replace(" %", "\N{NO-BREAK SPACE}%")
    found = textwrap.wrap(joined, width, initial_indent=indent, subsequent_indent="  ")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in found]


def _column(table: Table, place: int) -> TextColumn:
    column: Column = table.columns[place]
    if column.kind == "words" and (place == 0 or _widest(table, place) > LEAST_TITLE):
        return TextColumn(_broken(column.title, LEAST_PROSE), prose=True)
    room = max(LEAST_TITLE, _widest(table, place))
    return TextColumn(_broken(column.title, room), number=column.kind in ("number", "interval"))


def _broken(title: str, room: int) -> str:
    return "\n".join(textwrap.wrap(_plain(title), room, break_long_words=False))


def _widest(table: Table, place: int) -> int:
    cells = [_plain(row[place].text) for block in table.first for row in block.rows]
    return max(map(display_width, cells), default=0)


def _plain(text: str) -> str:
    return text.translate(PLAIN)
