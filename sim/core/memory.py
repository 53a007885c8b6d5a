"""Memory that was freed is kept for the next month instead of being given back and asked for again.

A month makes and drops arrays of a float per firm.  The C library gives large ones back to the
system at once, and every page of the next one is then fetched and cleared anew; at 100,000 firms
that is a tenth of a month.
"""

from __future__ import annotations

import ctypes
import functools

TRIM, MAP = -1, -3  # what glibc's `mallopt` calls its two thresholds
LARGEST = 32 << 20  # bytes: the most that glibc lets a piece have that it keeps
KEPT = 256 << 20  # bytes that may lie unused


@functools.cache
def keep_freed_memory() -> bool:
    """Ask the C library to keep what is freed; return whether it agreed, as glibc alone does."""
    try:
        adjust = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # no glibc: musl, macOS, Windows
        return False
    return bool(adjust(MAP, LARGEST)) and bool(adjust(TRIM, KEPT))
