"""Where things lie in a run folder, and how a file is written so that nobody sees half of it.

Unfinished files live in a folder of their own under names that no reader picks up, on the
same disk, and are moved into place when they are complete.
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

TABLES = ("months", "runs")  # in the order in which they appear: one in runs/ means done


class Folder:
    """One run folder."""

    def __init__(self, root: str | Path):
        self.root = Path(root)
        self.manifest = self.root / "manifest.json"
        self.failures = self.root / "failures.jsonl"
        self.lock = self.root / ".lock"
        self.unfinished = self.root / ".unfinished"

    def __str__(self) -> str:
        return str(self.root)

    def part(self, table: str, name: str) -> Path:
        """Return the path of one part of a table."""
        return self.root / table / f"{name}.parquet"

    def make(self) -> None:
        """Make the folder and its rooms; raises `RequestError` when it cannot be written."""
        with refused(self.root):
            for path in (self.root, self.unfinished, *(self.root / table for table in TABLES)):
                path.mkdir(parents=True, exist_ok=True)
            probe = self.unfinished / uuid.uuid4().hex
            probe.touch()
            probe.unlink()

    def sweep(self) -> None:
        """Remove what writers that are gone have left unfinished."""
        with suppress(OSError):
            for path in self.unfinished.iterdir():
                path.unlink(missing_ok=True)

    @contextmanager
    def writing(self, *targets: Path) -> Iterator[Sequence[BinaryIO]]:
        """Yield files that become the targets if the block ends well, and vanish if not.

        All data reach the disk before the first name does: a name never stands for a hole, and
        a disk that is full at the second file leaves none of them.
        """
        rough = [self.unfinished / f"{target.name}.{uuid.uuid4().hex}" for target in targets]
        with refused(targets[0]):
            try:
                with ExitStack() as stack:
                    files = [stack.enter_context(path.open("xb")) for path in rough]
                    yield files
                    for file in files:
                        file.flush()
                        os.fsync(file.fileno())
                for path, target in zip(rough, targets, strict=True):
                    os.replace(path, target)
            finally:
                for path in rough:
                    path.unlink(missing_ok=True)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write into one clear `RequestError`."""
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
