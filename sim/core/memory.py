"""Memory that is freed is kept for the next month, not returned to the system and requested again.

A month creates and frees arrays of one float per firm.  By default the C library returns large ones
to the system at once, and every memory page of the next one must be fetched and cleared again; at
100,000 firms this takes a tenth of the time of a month.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import mmap

import numpy as np
from numpy.typing import NDArray

TRIM, MAP = -1, -3  # codes of the two thresholds in glibc's `mallopt`
LARGEST = 32 << 20  # bytes: the largest block that glibc can keep
KEPT = 256 << 20  # bytes that may be kept unused
PAGE = 2 << 20  # bytes of a large page


@functools.cache
def keep_freed_memory() -> bool:
    """Set the C library to keep freed memory; return whether it accepted (only glibc does)."""
    try:
        adjust = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # no glibc: musl, macOS, Windows
        return False
    return bool(adjust(MAP, LARGEST)) and bool(adjust(TRIM, KEPT))


def in_large_pages(size: int) -> NDArray[np.uint8]:
    """Return `size` bytes of zeros, in large pages where the system has them.

    A month reads a few rows of each of dozens of columns; with small pages each read must first
    look up its page.  An array smaller than a large page is allocated as usual.
    """
    if size < PAGE or not hasattr(mmap, "MADV_HUGEPAGE"):  # it exists on Linux only
        return np.zeros(size, np.uint8)
    mapping = mmap.mmap(-1, size + PAGE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with contextlib.suppress(OSError):  # a system built without large pages
        mapping.madvise(mmap.MADV_HUGEPAGE)
    memory = np.frombuffer(mapping, np.uint8)
    start = -memory.ctypes.data % PAGE
    return memory[start : start + size]
