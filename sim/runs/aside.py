"""Moves parts that readers must not see out of the tables; nothing of use is deleted."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from pathlib import Path

from sim.runs.layout import TABLES, Folder, refused


def set_aside(folder: Folder, names: Iterable[str]) -> None:
    """Move parts to `aside/` of their folder, under free names, the mark of being done first.

    Raises `RequestError` when they cannot be moved.
    """
    for name in names:
        for table in reversed(TABLES):
            source = folder.part(table, name)
            with refused(source):
                if source.exists():
                    target = _free(folder.aside / table / source.name)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(source, target)


def _free(path: Path) -> Path:
    """Return the path, or one with a number where an earlier file has it."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return next(one for one in itertools.chain([path], others) if not one.exists())
