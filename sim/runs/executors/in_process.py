"""Runs chunks in this process: nothing to start; for one chunk, a debugger or a profiler."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sim.runs.executors.managed import ManagedExecutor


class Immediate(Executor):
    """Run each call when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # a future keeps any error until its result is read
            future.set_exception(fault)
        return future


class InProcess(ManagedExecutor):
    """One worker, which is the driver itself."""

    def __init__(self) -> None:
        self.executor = Immediate()

    @property
    def window(self) -> int:
        """Return one: a call is finished when it has been submitted."""
        return 1
