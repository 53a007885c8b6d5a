"""A comparison on disk: the whole table as CSV, and a figure for each other arm."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError
from sim.core.names import file_name

if TYPE_CHECKING:
    import pandas as pd

TABLE, FIGURE = "comparison.csv", "npl_and_profit"


def save_comparison(
    table: pd.DataFrame, months: pd.DataFrame, base: str, folder: Path
) -> list[Path]:
    """Write the table of a comparison, and a figure for each other arm; return the paths.

    Raises `RequestError` when the folder cannot be written.
    """
    from sim.report.figures.over_time import npl_and_profit
    from sim.report.figures.saving import save

    paths = [save_table(table, base, folder)]
    others = [str(arm) for arm in table["arm"].unique()]
    titles = _short_names([base, *others])
    for other in others:
        figure, numbers = npl_and_profit(months, base, other, titles)
        paths += save(
            figure, numbers, folder, FIGURE + (f"-{file_name(other)}" if others[1:] else "")
        )
    return paths


def _short_names(arms: list[str]) -> dict[str, str]:
    """Return the arms' names without the folder, where all are in the same folder."""
    folder = {arm.rpartition("/")[0] for arm in arms}
    return {arm: arm.rpartition("/")[2] for arm in arms} if len(folder) == 1 else {}


def save_table(table: pd.DataFrame, base: str, folder: Path) -> Path:
    """Write the table to a temporary file and move it, so that no reader sees half of it.

    Raises `RequestError` when the folder cannot be written.
    """
    from sim.runs.csv_files import csv_text

    table = table.assign(base_arm=base)
    place = folder / TABLE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".comparison-", dir=folder) as temporary:
            draft = Path(temporary) / TABLE
            draft.write_text(csv_text(table), encoding="utf-8", newline="\n")
            os.replace(draft, place)
    except OSError as fault:
        raise RequestError(f"cannot write {place}: {fault.strerror or fault}") from fault
    return place
