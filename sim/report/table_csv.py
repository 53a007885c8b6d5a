"""Tables as CSV: every digit, both ends of an interval, and no cell that a spreadsheet executes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.results.table import Cell, Column, Table
from sim.runs.csv_files import rows_text


def as_csv(table: Table) -> str:
    """Return a table as CSV: numbers with ten digits in the unit of their column's title."""
    headings = any(block.heading for block in table.blocks)
    rows: list[list[str | float]] = [[*(["Group"] if headings else []), *_titles(table.columns)]]
    for block in table.blocks:
        for row in block.rows:
            cells = [one for pair in zip(table.columns, row, strict=True) for one in _cells(*pair)]
            rows.append([*([block.heading] if headings else []), *cells])
    return rows_text(rows)


def _titles(columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        if column.kind == "interval":
            yield f"{column.title}, low"
            yield f"{column.title}, high"
        else:
            yield column.title


def _cells(column: Column, cell: Cell) -> list[str | float]:
    if column.kind not in ("number", "interval"):
        return [cell.text]
    return list(cell.values or (float("nan"),) * (2 if column.kind == "interval" else 1))
