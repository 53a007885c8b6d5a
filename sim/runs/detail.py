"""Loans and events one by one, of a few seeds, stored beside the runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DETAIL = ("events", "loans")  # in the order in which they appear: one in loans/ means done


def read_detail(folder: str | Path, table: str) -> pd.DataFrame:
    """Return the rows of `loans` or `events`."""
    import pandas as pd

    files = sorted((Path(folder) / table).glob("*.parquet"))
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
