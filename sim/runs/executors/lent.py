"""An executor that the caller brings: used as it is, and left open for its owner.

A function that makes executors may be given instead; then a broken one can be replaced, and
those made here are closed here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor

from sim.core.errors import RequestError
from sim.runs.executors.managed import ManagedExecutor


class Lent(ManagedExecutor):
    """Somebody's executor, or a function that makes one."""

    def __init__(self, given: Executor | Callable[[], Executor], workers: int | None = None):
        self.make = None if isinstance(given, Executor) else given
        self.executor = given if isinstance(given, Executor) else given()
        width = getattr(self.executor, "_max_workers", None)  # of the standard pools
        self.workers = workers or width or os.cpu_count() or 1

    def reopen(self) -> None:
        """Make a new executor; raises `RequestError` when one object was given."""
        if self.make is None:
            raise RequestError(
                "the executor that was given broke, since a worker died; what is done is kept, "
                "repeat the call with a new executor, or give a function that makes one"
            )
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.executor = self.make()

    def close(self, *, at_once: bool = False) -> None:
        """Close executors made here."""
        if self.make is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)
