"""Memory that was freed is kept for the next month instead of being given back and asked for again.

A month makes and drops arrays of a float per firm.  The C library gives large ones back to the
system at once, and every page of the next one is then fetched and cleared anew; at 100,000 firms
that is a tenth of a month.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import mmap

import numpy as np
from numpy.typing import NDArray

TRIM, MAP = -1, -3  # what glibc's `mallopt` calls its two thresholds
LARGEST = 32 << 20  # bytes: the most that glibc lets a piece have that it keeps
KEPT = 256 << 20  # bytes that may lie unused
PAGE = 2 << 20  # bytes of a large page


@functools.cache
def keep_freed_memory() -> bool:
    """Ask the C library to keep what is freed; return whether it agreed, as glibc alone does."""
    try:
        adjust = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # no glibc: musl, macOS, Windows
        return False
    return bool(adjust(MAP, LARGEST)) and bool(adjust(TRIM, KEPT))


def in_large_pages(size: int) -> NDArray[np.uint8]:
    """Return `size` bytes of zeros, in large pages where the system has them.

    A month reads a few rows each of dozens of columns; in small pages each read begins with looking
    up where its page is.  Less than a page lies with all else.
    """
    if size < PAGE or not hasattr(mmap, "MADV_HUGEPAGE"):  # the latter on Linux alone
        return np.zeros(size, np.uint8)
    piece = mmap.mmap(-1, size + PAGE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with contextlib.suppress(OSError):  # a system built without them
        piece.madvise(mmap.MADV_HUGEPAGE)
    whole = np.frombuffer(piece, np.uint8)
    start = -whole.ctypes.data % PAGE
    return whole[start : start + size]
