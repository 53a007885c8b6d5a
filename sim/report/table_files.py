"""The report's tables as files: CSV with all digits, and LaTeX as shown."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.core.names import neutral
from sim.report.latex import as_latex
from sim.report.tables import Cell, ReportTable, TableColumn
from sim.runs.layout import refused

FOLDER, KINDS = "tables", ("csv", "tex")


def save_tables(tables: Sequence[ReportTable], folder: Path) -> Path:
    """Write each table as `name`.csv and `name`.tex below `folder`/tables; return that folder.

    Tables of an earlier report are deleted, so that no old table is taken for a new one.  Raises
    `RequestError` when the folder cannot be written.
    """
    home = folder / FOLDER
    names = {f"{table.name}.{kind}" for table in tables for kind in KINDS}
    with refused(home):
        for old in home.glob("*"):
            if old.suffix.removeprefix(".") in KINDS and old.name not in names:
                old.unlink()
    for table in tables:
        write(home / f"{table.name}.csv", as_csv(table))
        write(home / f"{table.name}.tex", as_latex(table))
    return home


def as_csv(table: ReportTable) -> str:
    """Return a table as CSV: numbers with ten digits in the unit of their column's title."""
    headings = any(block.heading for block in table.blocks)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(["Group"] if headings else []), *_titles(table.columns)])
    for block in table.blocks:
        for row in block.rows:
            cells = [one for pair in zip(table.columns, row, strict=True) for one in _cells(*pair)]
            writer.writerow([*([block.heading] if headings else []), *cells])
    return text.getvalue()


def write(place: Path, text: str) -> None:
    """Write a temporary file and move it into place, so that no reader sees half of it.

    Raises `RequestError` when it cannot be written.
    """
    with refused(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{place.stem}-", dir=place.parent) as temporary:
            draft = Path(temporary) / place.name
            draft.write_text(text, encoding="utf-8", newline="\n")
            os.replace(draft, place)


def _titles(columns: Sequence[TableColumn]) -> Iterator[str]:
    for column in columns:
        if column.kind == "interval":
            yield f"{column.title}, low"
            yield f"{column.title}, high"
        else:
            yield column.title


def _cells(column: TableColumn, cell: Cell) -> list[str]:
    if column.kind not in ("number", "interval"):
        return [neutral(cell.text)]
    values = cell.values or (float("nan"),) * (2 if column.kind == "interval" else 1)
    return ["" if value != value else f"{value:.10g}" for value in values]
