"""Reads a run folder into tidy pandas frames, sorted by arm, seed, bank and month.

``pandas.read_parquet(DIR / "runs")`` reads the same files; these helpers also skip files that
a killed driver left, sort the rows and verify the pages' checksums.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError, nearest
from sim.runs.design import design_of
from sim.runs.failures import read_failures
from sim.runs.layout import Folder
from sim.runs.manifest import known_manifest
from sim.runs.parts import KEYS
from sim.runs.readable import readable
from sim.runs.survey import survey

if TYPE_CHECKING:
    import pandas as pd


def read_runs(folder: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row per arm, seed and bank: the keys, then the outcome metrics.

    `columns` limits the metrics.  Raises `RequestError` when this is no run folder.
    """
    return _read(Folder(folder), "runs", columns)


def read_months(folder: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row per arm, seed, bank and month: the keys, then the monthly series."""
    return _read(Folder(folder), "months", columns)


def read_design(folder: str | Path) -> pd.DataFrame:
    """Return one row per arm, and a column per dotted key that arms or a sweep vary.

    ``read_runs(folder).merge(read_design(folder), on="arm")`` puts the design beside the outcomes.
    """
    return design_of(known_manifest(Folder(folder)))


def read_failed(folder: str | Path) -> pd.DataFrame:
    """Return one row per failed run by arm and seed: arm, seed, kind, error, traceback, time."""
    import pandas as pd

    columns = ["arm", "seed", "kind", "error", "traceback", "at"]
    failed = pd.DataFrame(read_failures(Folder(folder)), columns=columns)
    return failed.sort_values(["arm", "seed"], kind="stable", ignore_index=True)


def _read(folder: Folder, table: str, columns: Sequence[str] | None) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = survey(folder, known_manifest(folder), thorough=False)
    if not found.parts:
        raise RequestError(f"{folder}: no run is done yet")
    files = [folder.part(table, name) for name in found.parts]
    known = pq.read_schema(files[0]).names
    keys = [key for key in ("arm", *KEYS) if key in known]
    for column in columns or ():
        if column not in known:
            hint = nearest(column, known)
            raise RequestError(
                f"{folder}: no column '{column}' in {table}{hint}; there are {', '.join(known)}"
            )
    wanted = None if columns is None else [*keys, *(c for c in columns if c not in keys)]
    try:
        with readable(folder.root / table):
            content = pq.read_table(files, columns=wanted, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as fault:
        raise RequestError(
            f"{folder}: a part of {table} is damaged; repeat the command that ran it"
        ) from fault
    frame: pd.DataFrame = content.to_pandas()
    return frame.sort_values(keys, ignore_index=True)
