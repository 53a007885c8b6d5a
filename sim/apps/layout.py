"""Plain-text tables that fit the reader's screen, and the screen's width.

Numbers stay in one line, prose is broken over lines; where even that does not fit, each row
becomes a short paragraph.  Only the cells themselves may contain characters outside ASCII.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sim.core.names import printable

NARROWEST = 40  # smallest width of a screen, characters
PIPED = 100  # characters of a line where the output is not a screen
LEAST_PROSE = 16  # smallest width of a column of prose, characters
COMFORT = 24  # below this width of prose, the gaps between columns shrink to one space


@dataclass(frozen=True)
class TextColumn:
    """A column's title, of one or more lines, and whether it holds numbers or prose."""

    title: str
    number: bool = False
    prose: bool = False


Row = Sequence[str] | str  # cells, or a heading on its own line


def screen_width(piped: int = PIPED) -> int:
    """Return the line width in characters: terminal, else `COLUMNS`, else `piped`."""
    found = shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else _columns_set()
    return max(NARROWEST, found) if found else piped


def _columns_set() -> int:
    import os

    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def laid_out(columns: Sequence[TextColumn], rows: Sequence[Row], width: int) -> list[str]:
    """Return the lines of a table, a heading after an empty line; no cell controls the terminal."""
    rows = [
        "\n".join(map(printable, row.split("\n")))
        if isinstance(row, str)
        else [printable(cell) for cell in row]
        for row in rows
    ]
    body = [row for row in rows if not isinstance(row, str)]
    natural = [
        max(map(display_width, [*column.title.split("\n"), *(row[k] for row in body)]))
        for k, column in enumerate(columns)
    ]
    for gap, least in ((2, COMFORT), (1, LEAST_PROSE)):
        widths = _fitted(columns, natural, width - gap * (len(columns) - 1), least)
        if widths:
            return _as_table(columns, rows, widths, " " * gap)
    return _as_paragraphs(columns, rows, width)


def display_width(text: str) -> int:
    """Return the display width of a text in characters; East Asian characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fitted(
    columns: Sequence[TextColumn], natural: list[int], space: int, least: int
) -> list[int] | None:
    """Return widths that fit into `space`; prose columns share what the others leave."""
    widths = list(natural)
    prose = [k for k, column in enumerate(columns) if column.prose]
    left = space - sum(widths[k] for k in range(len(widths)) if k not in prose)
    for placed, k in enumerate(sorted(prose, key=lambda k: natural[k])):
        widths[k] = min(natural[k], left // (len(prose) - placed))
        if widths[k] < min(natural[k], least):
            return None
        left -= widths[k]
    return widths if left >= 0 else None


def _as_table(
    columns: Sequence[TextColumn], rows: Sequence[Row], widths: list[int], gap: str
) -> list[str]:
    titles = [column.title.split("\n") for column in columns]
    height = max(map(len, titles))
    lines = [
        _line([([""] * (height - len(title)) + title)[n] for title in titles], columns, widths, gap)
        for n in range(height)
    ]
    for row in rows:
        if isinstance(row, str):
            lines += ["", row] if row is not rows[0] else [row]
            continue
        cells = [
            _wrapped(text, width) if column.prose else [text]
            for text, column, width in zip(row, columns, widths, strict=True)
        ]
        for n in range(max(map(len, cells))):
            parts = [cell[n] if n < len(cell) else "" for cell in cells]
            lines.append(_line(parts, columns, widths, gap))
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    if display_width(text) <= width:
        return [text]
    return textwrap.wrap(text, width, subsequent_indent="  ") or [""]


def _line(parts: list[str], columns: Sequence[TextColumn], widths: list[int], gap: str) -> str:
    padded = []
    for text, column, width in zip(parts, columns, widths, strict=True):
        space = " " * (width - display_width(text))
        padded.append(space + text if column.number else text + space)
    return gap.join(padded).rstrip()


def _as_paragraphs(columns: Sequence[TextColumn], rows: Sequence[Row], width: int) -> list[str]:
    """Return each row as its first cell and, indented, the others with their titles."""
    lines: list[str] = []
    for row in rows:
        if isinstance(row, str):
            lines += ["", row] if lines else [row]
            continue
        titles = [column.title.replace("-\n", "").replace("\n", " ") for column in columns]
        cells = [f"{title} {cell}" for title, cell in zip(titles[1:], row[1:], strict=True) if cell]
        # a name or a path is never broken, so that it can be copied
        named = textwrap.wrap(row[0], width, break_long_words=False, break_on_hyphens=False)
        lines += named or [""]
        lines += textwrap.wrap("; ".join(cells), width, initial_indent="  ", subsequent_indent="  ")
    return lines
