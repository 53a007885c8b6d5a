"""Tells a file that cannot be read here and now from one whose content is damaged.

What the system refuses (permission, a disk error, memory, too many open files) says nothing about
the content: such a file is named and left alone.  Only content that is wrong is damage.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.core.errors import RequestError

CURES = {
    errno.EACCES: "ask its owner for permission",
    errno.EPERM: "ask its owner for permission",
    errno.EMFILE: "raise the limit of open files (ulimit -n), or use fewer workers",
    errno.ENFILE: "close other programs",
    errno.EIO: "check the disk",
    errno.ENOMEM: "free some memory",
}
ABSENT = (FileNotFoundError, NotADirectoryError)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the system refuses into one `RequestError`; other errors pass.

    A missing file passes as it is.  Arrow reports wrong content as an `OSError` without number.
    """
    try:
        yield
    except ABSENT:
        raise
    except MemoryError as fault:
        raise _refusal(path, "not enough memory", CURES[errno.ENOMEM]) from fault
    except OSError as fault:
        if fault.errno is None:
            raise
        cure = CURES.get(fault.errno, "repair that")
        raise _refusal(path, os.strerror(fault.errno), cure) from fault


def _refusal(path: Path, why: str, cure: str) -> RequestError:
    return RequestError(
        f"cannot read {path}: {why}; nothing was changed; {cure} and repeat the command"
    )


def listed(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none if there is no such folder.

    Raises `RequestError` when it cannot be listed: it may hold results that are not seen.
    """
    try:
        with readable(folder):
            return sorted(os.listdir(folder))
    except ABSENT:
        return []
