"""An executor given by the caller: it is used as it is, and left open for the caller.

The caller may give a function that creates executors instead; then a broken one can be replaced,
and those created here are closed here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor

from sim.core.errors import RequestError
from sim.runs.executors.managed import ManagedExecutor


class GivenExecutor(ManagedExecutor):
    """The caller's executor, or a function that creates one."""

    def __init__(self, given: Executor | Callable[[], Executor], workers: int | None = None):
        self.make = None if isinstance(given, Executor) else given
        self.executor = given if isinstance(given, Executor) else given()
        width = getattr(self.executor, "_max_workers", None)  # of the standard pools
        self.workers = workers or width or os.cpu_count() or 1

    def reopen(self) -> None:
        """Create a new executor; raises `RequestError` when an executor object was given."""
        if self.make is None:
            raise RequestError(
                "the executor that was given broke, since a worker died; finished runs are kept; "
                "repeat the call with a new executor, or give a function that creates one"
            )
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.executor = self.make()

    def close(self, *, at_once: bool = False) -> None:
        """Close executors created here."""
        if self.make is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)
