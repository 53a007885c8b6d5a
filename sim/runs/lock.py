"""One driver per run folder: a lock that the operating system releases when its holder ends.

The lock file also contains a claim, a random token that workers compare with the one in their job.
A worker that sees another disk, or whose driver has ended, finds a different token and writes
nothing.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO

from sim.core.errors import RequestError
from sim.runs.layout import Folder, refused


@contextmanager
def claimed(folder: Folder) -> Iterator[str]:
    """Hold a folder and yield the claim; raises `RequestError` when another driver holds it."""
    with refused(folder.lock):
        file = folder.lock.open("a+b")
    with file:
        if not _lock(file):
            file.seek(0)
            holder = file.read().decode(errors="replace").partition(" ")[2] or "another process"
            raise RequestError(
                f"{folder} is being written by {holder}; wait for it, stop it, "
                "or choose another folder"
            )
        claim = uuid.uuid4().hex
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder = f"process {os.getpid()} on {socket.gethostname()} since {since}"
        with refused(folder.lock):
            file.truncate(0)
            file.write(f"{claim} {holder}".encode())
            file.flush()
            os.fsync(file.fileno())  # workers on other machines read it
        try:
            yield claim
        finally:
            file.truncate(0)


def holds(folder: Folder, claim: str) -> bool:
    """Return whether the folder, as seen from here, is held under this claim."""
    try:
        return folder.lock.read_text(encoding="utf-8").partition(" ")[0] == claim
    except OSError:
        return False


def _lock(file: BinaryIO) -> bool:
    """Try to lock an open file; closing the file or ending the process releases the lock."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            # far beyond the text, so that others can still read it
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some cluster disks cannot lock; the claim still shows a second driver
        return True
    return True
