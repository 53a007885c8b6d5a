"""Compares run folders, through our helpers and as any reader of Parquet sees them."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from sim.runs.reading import read_months, read_runs

HERE = Path(__file__).parent
KEYS = ["arm", "seed", "bank", "month"]


def plain(folder: Path, table: str) -> pd.DataFrame:
    """Read a table as pandas does it by itself, only sorted."""
    frame = pd.read_parquet(folder / table)
    return frame.sort_values([key for key in KEYS if key in frame], ignore_index=True)


def assert_equal(folder: Path, other: Path) -> None:
    """Assert that two folders hold the same rows and values to the bit."""
    for table, read in {"runs": read_runs, "months": read_months}.items():
        pd.testing.assert_frame_equal(read(folder), read(other), check_exact=True)
        pd.testing.assert_frame_equal(plain(folder, table), read(other), check_exact=True)


def environment() -> dict[str, str]:
    """Return this environment with the package and the stand-in on the path."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE)])}
