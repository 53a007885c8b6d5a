"""Parts: the Parquet files of a run folder, named by what they hold.

A part records its arms, seeds, scenario hashes and model version, so that a folder can be
understood from its files alone.  Its pages have checksums, so that damage is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.runs.layout import TABLES, Folder
from sim.runs.readable import readable
from sim.runs.seeds import recorded_seeds, spell

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

KEYS = {"seed": "int64", "bank": "string", "month": "int64"}  # besides the arm
NAME = re.compile(r"[0-9a-f]{20}\.parquet")
LABEL = b"smelend"
WRITING: dict[str, Any] = {
    "compression": "zstd",
    "use_dictionary": ["arm", "bank"],
    "write_page_checksum": True,
}


@dataclass(frozen=True)
class Held:
    """Some seeds of one arm in a part."""

    arm: str
    scenario: str
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """What a part holds: seeds of one arm if a worker wrote it, of several arms if compacted."""

    model: str
    held: tuple[Held, ...]

    @property
    def label(self) -> bytes:
        """Return the description stored in the file."""
        held = [{"arm": h.arm, "scenario": h.scenario, "seeds": spell(h.seeds)} for h in self.held]
        return json.dumps({"model": self.model, "held": held}).encode()

    @property
    def name(self) -> str:
        """Return the file name without ending, 20 hex digits of a hash of what is held."""
        return hashlib.sha256(self.label).hexdigest()[:20]

    @property
    def runs(self) -> int:
        """Return the number of runs held."""
        return sum(len(held.seeds) for held in self.held)

    @classmethod
    def from_label(cls, label: bytes) -> Part:
        """Read a description; the reverse of `label`."""
        content = json.loads(label)
        held = (Held(h["arm"], h["scenario"], recorded_seeds(h["seeds"])) for h in content["held"])
        return cls(content["model"], tuple(held))


def as_table(frames: Sequence[pd.DataFrame], arm: str) -> pa.Table:
    """Return frames as one table: keys first, rows sorted by them, other columns float64.

    All parts have the same types, so that every reader can join them without guessing.
    """
    import pandas as pd
    import pyarrow as pa

    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    keys = [key for key in KEYS if key in frame]
    columns = {"arm": pa.array([arm] * len(frame), pa.string())}
    for key in keys:
        columns[key] = pa.array(frame[key].to_numpy(), KEYS[key])
    for name in frame.columns.difference(keys, sort=False):
        values = frame[name].to_numpy(dtype="float64", na_value=float("nan"))
        columns[name] = pa.array(values, from_pandas=True)  # not a number becomes null
    return pa.table(columns).sort_by([(key, "ascending") for key in keys])


def write_part(folder: Folder, part: Part, tables: dict[str, pa.Table]) -> None:
    """Write one part of every table; raises `RequestError` when the disk cannot be written."""
    contents = [encoded(tables[name], part.label) for name in TABLES]
    with folder.writing(*(folder.part(name, part.name) for name in TABLES)) as files:
        for file, content in zip(files, contents, strict=True):
            file.write(content)


def encoded(table: pa.Table, label: bytes) -> memoryview:
    """Return a table as the bytes of a Parquet file.

    They are built in memory, so that simple calls with clear errors write the file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({LABEL: label}), buffer, **WRITING)
    return memoryview(buffer.getvalue())


def read_part(folder: Folder, name: str, *, thorough: bool = True) -> Part | None:
    """Return what a part holds, or None when one of its files is missing or damaged.

    With `thorough`, every page is read and its checksum compared.  Otherwise a truncated file is
    noticed, but not a changed byte inside it.  Raises `RequestError` for a file that the system
    does not let us read, whatever it holds.
    """
    found = {_read(folder.part(table, name), thorough) for table in TABLES}
    part = found.pop()
    return part if part and not found and part.name == name else None


def _read(path: Path, thorough: bool) -> Part | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups if thorough else 0):
                file.read_row_group(group, use_threads=False)
            return Part.from_label((file.schema_arrow.metadata or {})[LABEL])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None


def remove_part(folder: Folder, name: str) -> None:
    """Remove a part whose runs are elsewhere, or were never done; the mark of being done first."""
    for table in reversed(TABLES):
        folder.part(table, name).unlink(missing_ok=True)
