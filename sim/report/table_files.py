"""The report's tables as files: CSV with all digits, and LaTeX as shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.report.latex import as_latex
from sim.report.table_csv import as_csv
from sim.results.table import Table
from sim.runs.layout import refused

FOLDER, KINDS = "tables", ("csv", "tex")


def save_tables(tables: Sequence[Table], folder: Path) -> Path:
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
