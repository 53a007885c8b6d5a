"""Joins the parts of a run folder into one file per table, for archives and for slow disks.

The joined part is in place before the small ones are removed.  If the process is killed in
between, the folder holds both: the survey takes the larger one, and the next command removes the
others.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from sim.core.errors import RequestError
from sim.runs.layout import TABLES, Folder
from sim.runs.lock import claimed
from sim.runs.manifest import known_manifest
from sim.runs.parts import LABEL, WRITING, Held, Part, remove_part
from sim.runs.survey import survey, tidy


def compact(folder: str | Path) -> int:
    """Join the parts of a folder and return how many there were.

    Only one part at a time is in memory.  Raises `RequestError` when the folder is in use or full.
    """
    import pyarrow.parquet as pq

    home = Folder(folder)
    manifest = known_manifest(home)
    home.make()
    with claimed(home):
        found = survey(home, manifest)
        tidy(home, found)
        if not found.parts:
            raise RequestError(f"{folder}: no run is done yet")
        if len(found.parts) == 1:
            return 1
        order = sorted(found.parts, key=lambda name: _first(found.parts[name]))
        merged = _joined([found.parts[name] for name in order])
        with home.writing(*(home.part(table, merged.name) for table in TABLES)) as files:
            for table, file in zip(TABLES, files, strict=True):
                schema = pq.read_schema(home.part(table, order[0]))
                schema = schema.with_metadata({LABEL: merged.label})
                with pq.ParquetWriter(file, schema, **WRITING) as writer:
                    for name in order:
                        writer.write_table(pq.read_table(home.part(table, name)).cast(schema))
        for name in order:
            remove_part(home, name)
    return len(order)


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
