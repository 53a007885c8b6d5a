"""Shows progress on standard error: a bar on a terminal, else a plain line every few seconds.

A batch that takes less than two seconds shows none.  While nothing is done, plain lines are rare.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

SILENT = 2.0  # seconds
EVERY_LINE = 5.0  # seconds between plain lines
EVERY_SAME = 30.0  # where no run has ended since the last line
EVERY_BAR = 0.1
WIDTH = 24  # characters of the bar


class Progress:
    """Count runs, or else points, and say from time to time how many are done and the time left.

    `stage` names what of a longer work they are.
    """

    def __init__(
        self,
        total: int,
        *,
        quiet: bool = False,
        what: str = "runs",
        stage: str = "",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.total = total
        self.done = self.failed = 0
        self.quiet = quiet
        self.what = what
        self.stage = stage
        self.stream = stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.clock = clock
        self.begun = clock()
        self.next = self.begun + SILENT
        self.told, self.told_at = -1, clock()  # runs in the last plain line, and when
        self.drawn = False

    def count(self, done: int, failed: int) -> None:
        """Count finished runs."""
        self.done += done
        self.failed += failed

    def show(self) -> None:
        """Print the progress if it is due."""
        if self.quiet or self.clock() < self.next:
            return
        self.next = self.clock() + (EVERY_BAR if self.terminal else EVERY_LINE)
        if self.terminal:
            filled = WIDTH * (self.done + self.failed) // max(1, self.total)
            self.stream.write(f"\r{'█' * filled}{'░' * (WIDTH - filled)} {self.line()}\x1b[K")
            self.drawn = True
        elif self.done + self.failed != self.told or self.clock() - self.told_at >= EVERY_SAME:
            self.told, self.told_at = self.done + self.failed, self.clock()
            self.stream.write(f"{self.line()}\n")
        self.stream.flush()

    def note(self, text: str) -> None:
        """Print a message at once."""
        if not self.quiet:
            self.end()
            self.stream.write(f"{text}\n")
            self.stream.flush()

    def end(self) -> None:
        """Clear the bar."""
        if self.drawn:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.drawn = False

    def line(self) -> str:
        """Return, for example, ``1,240 of 2,000 runs, 3 failed, 410 runs/s, 2 s left``."""
        settled = self.done + self.failed
        stage = f"{self.stage}: " if self.stage else ""
        pieces = [f"{stage}{settled:,} of {self.total:,} {self.what}"]
        if self.failed:
            pieces.append(f"{self.failed:,} failed")
        rate = settled / max(1e-9, self.clock() - self.begun)
        if settled:
            pieces.append(
                f"{rate:,.0f} {self.what}/s" if rate >= 10 else f"{rate:.2g} {self.what}/s"
            )
            pieces.append(f"{spoken((self.total - settled) / rate)} left")
        return ", ".join(pieces)


def spoken(seconds: float) -> str:
    """Return a duration as short text: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
