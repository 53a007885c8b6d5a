"""Sight: which observers may read a column.  Information asymmetry is a property of storage.

The four levels are ordered: an observer with sight SOFT also sees REPORTED and FILE.
"""

from __future__ import annotations

from enum import IntEnum


class Sight(IntEnum):
    """How widely a column is known, from what any clerk may read to what no observer may read."""

    FILE = 0  # on the bank's own file: sector, size class, arrears, the bank's belief
    REPORTED = 1  # stated by the firm, perhaps falsely
    SOFT = 2  # perceived in person by an officer
    HIDDEN = 3  # known only to the simulated world, not to any bank
