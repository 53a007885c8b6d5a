"""Where files are in a run folder, and how they are written so that no reader sees half a file.

Unfinished files are in a separate folder on the same disk, under names that no reader uses.  They
are moved into place when they are complete.
"""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sim.core.errors import RequestError
from sim.core.paths import path_of

TABLES = ("months", "runs")  # in the order in which files appear: one in runs/ means done


class Folder:
    """One run folder; raises `RequestError` for what is no path."""

    def __init__(self, root: str | Path):
        self.root = path_of(root, "folder")
        self.manifest = self.root / "manifest.json"
        self.failures = self.root / "failures.jsonl"
        self.lock = self.root / ".lock"
        self.unfinished = self.root / ".unfinished"
        self.aside = self.root / "aside"  # parts that no reader may see

    def __str__(self) -> str:
        return str(self.root)

    def part(self, table: str, name: str) -> Path:
        """Return the path of one part of a table."""
        return self.root / table / f"{name}.parquet"

    def make(self) -> None:
        """Make the folder and its subfolders; raises `RequestError` when it cannot be written."""
        with refused(self.root):
            for path in (self.root, self.unfinished, *(self.root / table for table in TABLES)):
                path.mkdir(parents=True, exist_ok=True)
            probe = self.unfinished / uuid.uuid4().hex
            probe.touch()
            probe.unlink()

    def sweep(self) -> None:
        """Remove unfinished files of processes that have ended."""
        with suppress(OSError):
            for path in self.unfinished.iterdir():
                path.unlink(missing_ok=True)

    @contextmanager
    def writing(self, *targets: Path) -> Iterator[Sequence[BinaryIO]]:
        """Yield files that become the targets if the block succeeds, and are deleted if not.

        All data reach the disk before the first file gets its name: no name refers to missing
        data, and a disk that is full at the second file leaves none of them.
        """
        temporary = [self.unfinished / f"{target.name}.{uuid.uuid4().hex}" for target in targets]
        with refused(targets[0]):
            try:
                with ExitStack() as stack:
                    files = [stack.enter_context(path.open("xb")) for path in temporary]
                    yield files
                    for file in files:
                        file.flush()
                        os.fsync(file.fileno())
                for path, target in zip(temporary, targets, strict=True):
                    os.replace(path, target)
            finally:
                for path in temporary:
                    path.unlink(missing_ok=True)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn an operating-system error while writing into one clear `RequestError`."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            cure = "the disk is full; free some space and repeat the command to go on"
        elif fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            cure = f"{os.strerror(fault.errno)}; choose another folder or change its permissions"
        else:
            cure = f"{fault.strerror or fault}; choose another folder"
        raise RequestError(f"cannot write {path}: {cure}") from fault
