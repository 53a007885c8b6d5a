"""Says once that a batch waits for code to be compiled, here or in a worker.

Without it the first run after an installation looks as if it hung.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sim.core.compile_cache import last_compiled, watch
from sim.runs.progress import Progress

LINE = "compiling, once; later runs start at once"


class Compiling:
    """Looks for compilation since it was made, and notes it once in the progress of a batch."""

    def __init__(self, progress: Progress):
        self.progress = progress
        self.before = last_compiled()
        self.noted = False

    def report(self) -> None:
        """Say so, if a worker compiles: it leaves a sign in the cache."""
        if not self.noted and last_compiled() != self.before:
            self.say()

    def say(self) -> None:
        """Say so, unless it has been said."""
        if not self.noted:
            self.noted = True
            self.progress.note(LINE)


@contextmanager
def noted(progress: Progress) -> Iterator[Compiling]:
    """Have it noted while something is run, in this process or in others."""
    found = Compiling(progress)
    watch.listeners.append(found.say)
    try:
        yield found
    finally:
        watch.listeners.remove(found.say)
