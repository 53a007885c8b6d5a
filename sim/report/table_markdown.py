"""A table as Markdown: all its blocks, one after the other under their headings."""

from __future__ import annotations

import textwrap

from sim.results.table import Table

WIDTH = 100


def table_markdown(table: Table) -> str:
    """Return a page with a title, the note and every block of a table."""
    lines = [f"# {table.title}", "", *textwrap.wrap(table.note, WIDTH)]
    right = [column.kind in ("number", "interval") for column in table.columns]
    for block in table.blocks:
        lines += ["", *([f"## {block.heading}", ""] if block.heading else [])]
        lines.append(_line([column.title for column in table.columns]))
        lines.append(_line(["---:" if one else "---" for one in right]))
        lines += [_line([cell.text for cell in row]) for row in block.rows]
    return "\n".join([*lines, ""])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
