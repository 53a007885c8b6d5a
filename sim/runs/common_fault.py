"""Faults that are not a run's own: they would meet every run, so the batch stops at the first.

What the machine or the installation lacks says so by its kind.  Any other fault is common if the
first runs all fail at the same place; so failures are held back until a run succeeds.
"""

from __future__ import annotations

import re

from sim.core.errors import BooksError, RequestError, SmelendError
from sim.runs.failures import Failure

ENOUGH = 20  # runs, and arms where there are so many, that fail alike before any succeeds
LEAST = 2  # of a plan that has fewer runs
FRAME = re.compile(r'File "([^"]+)", line (\d+)')


def common_fault(fault: Exception, runs: int) -> RequestError | None:
    """Return the error that stops a batch, or None for a fault of the runs that raised it.

    Memory that does not suffice for several runs together may do for fewer.
    """
    if isinstance(fault, SmelendError) and not isinstance(fault, BooksError):
        return RequestError(str(fault))
    if isinstance(fault, MemoryError) and runs == 1:
        return RequestError(
            "not enough memory for one run on each worker; use fewer workers or firms"
        )
    if isinstance(fault, ImportError | OSError):
        return RequestError(f"no run can be done: {type(fault).__name__}: {fault}")
    return None


class FirstFailures:
    """Holds failures back until a run succeeds, and stops the batch if all fail alike."""

    def __init__(self, none_done: bool, arms: int):
        self.waiting = none_done
        self.arms = min(arms, ENOUGH)  # each may have a fault of its own
        self.held: list[Failure] = []

    def to_file(self, done: int, failures: tuple[Failure, ...]) -> tuple[Failure, ...]:
        """Return what to record now that runs were done and others failed.

        Raises `RequestError` when all of the first failed alike.
        """
        if not self.waiting:
            return failures
        self.held += failures
        few = len(self.held) < ENOUGH or len({one.arm for one in self.held}) < self.arms
        if few and not done:
            return ()
        self.waiting = False
        return self._released() if done else self.rest()

    def rest(self) -> tuple[Failure, ...]:
        """Return what is still held back at the end; raises `RequestError` as `to_file`."""
        if len(self.held) >= LEAST and len({_place(one) for one in self.held}) == 1:
            first = self.held[0]
            at = FRAME.findall(first.traceback)[-1:]
            where = "".join(f" ({file}:{line})" for file, line in at)
            raise RequestError(
                f"all of the first {len(self.held):,} runs failed alike, and none is recorded as "
                f"failed: {first.error}{where}; arm {first.arm}, seed {first.seed}"
            )
        return self._released()

    def _released(self) -> tuple[Failure, ...]:
        held, self.held = tuple(self.held), []
        return held


def _place(failure: Failure) -> tuple[str, str, tuple[str, ...]]:
    """Return the kind of error and the line of code that raised it."""
    at = FRAME.findall(failure.traceback)[-1:]
    return failure.kind, failure.error.partition(":")[0], at[0] if at else ()
