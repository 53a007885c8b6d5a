"""Presses of Ctrl-C: one shortly after another is taken for the same one."""

from __future__ import annotations

import math
import time

ONCE = 1.0  # seconds in which further presses are taken for the first


class Presses:
    """Tell a press that asks to stop from those that repeat it, and would interrupt the saving."""

    def __init__(self) -> None:
        self.last = -math.inf

    def repeated(self) -> bool:
        """Note a press; return whether it only repeats one of the last second."""
        before, self.last = self.last, time.monotonic()
        return self.last - before < ONCE
