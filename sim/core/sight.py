"""Sight: who may know a column.  Information asymmetry is a property of storage.

The four levels are ordered: an observer with sight SOFT also sees REPORTED and FILE.
"""

from __future__ import annotations

from enum import IntEnum


class Sight(IntEnum):
    """How much of the truth a column is, from what any clerk reads to what nobody is told."""

    FILE = 0  # on the bank's own file: sector, size class, arrears, the bank's belief
    REPORTED = 1  # said by the firm, perhaps falsely
    SOFT = 2  # sensed in person by an officer
    HIDDEN = 3  # known to nature alone
