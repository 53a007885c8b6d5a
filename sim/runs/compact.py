"""Joins the parts of a run folder into one file per table, for archives and for slow disks.

A joined part gets its name only after it was read back and compared with the small ones, and these
are removed only then.  If the process is killed in between, the folder holds both: the survey takes
the joined one, and the next command removes the others.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from sim.core.errors import RequestError
from sim.runs.layout import TABLES, Folder
from sim.runs.lock import claimed
from sim.runs.manifest import known_manifest
from sim.runs.parts import LABEL, WRITING, Held, Part, remove_part
from sim.runs.readable import readable
from sim.runs.survey import survey, tidy


def compact(folder: str | Path, say: Callable[[str], object] = print) -> int:
    """Join the parts of a folder and return how many there were.

    Only one part at a time is in memory.  `say` gets a line for each file that is left out.
    Raises `RequestError` when the folder is in use or full; then no part is removed.
    """
    home = Folder(folder)
    manifest = known_manifest(home)
    home.make()
    with claimed(home):
        found = survey(home, manifest)
        for line in tidy(home, found):
            say(line)
        if not found.parts:
            raise RequestError(f"{folder}: no run is done yet")
        if len(found.parts) == 1:
            return 1
        order = sorted(found.parts, key=lambda name: _first(found.parts[name]))
        merged = _joined([found.parts[name] for name in order])
        with home.writing(*(home.part(table, merged.name) for table in TABLES)) as files:
            for table, file in zip(TABLES, files, strict=True):
                paths = [home.part(table, name) for name in order]
                _write_joined(file, paths, merged)
                _compare(Path(file.name), paths)
        for name in order:
            remove_part(home, name)
    return len(order)


def _write_joined(file: BinaryIO, paths: list[Path], merged: Part) -> None:
    """Write the rows of all files, one file at a time."""
    import pyarrow.parquet as pq

    with readable(paths[0]):
        schema = pq.read_schema(paths[0]).with_metadata({LABEL: merged.label})
    with pq.ParquetWriter(file, schema, **WRITING) as writer:
        for path in paths:
            with readable(path):
                table = pq.read_table(path)
            writer.write_table(table.cast(schema))
    file.flush()


def _compare(joined: Path, paths: list[Path]) -> None:
    """Raise `RequestError` unless the joined file holds every row and value of all others."""
    import pyarrow.parquet as pq

    with readable(joined), pq.ParquetFile(joined, page_checksum_verification=True) as file:
        group = 0
        for path in paths:
            part = pq.read_table(path).cast(file.schema_arrow)
            rows, first = 0, group
            while rows < part.num_rows and group < file.num_row_groups:
                rows += file.metadata.row_group(group).num_rows
                group += 1
            if not file.read_row_groups(list(range(first, group))).equals(part):
                raise RequestError(
                    f"{joined}: the joined file differs from {path}; no part was removed"
                )


def _first(part: Part) -> tuple[str, int]:
    return min((held.arm, held.seeds[0]) for held in part.held)


def _joined(parts: list[Part]) -> Part:
    """Return the part that holds what all of them hold."""
    held = sorted((held for part in parts for held in part.held), key=lambda h: (h.arm, h.scenario))
    together = (
        Held(arm, scenario, tuple(sorted(seed for one in group for seed in one.seeds)))
        for (arm, scenario), group in groupby(held, key=lambda h: (h.arm, h.scenario))
    )
    return Part(parts[0].model, tuple(together))
