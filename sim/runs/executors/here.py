"""This very process: nothing to start, for a single chunk, a debugger or a profiler."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sim.runs.executors.managed import ManagedExecutor


class Immediate(Executor):
    """Carries out each call as it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # a future keeps any error for the one who asks
            future.set_exception(fault)
        return future


class Here(ManagedExecutor):
    """One worker, which is the driver itself."""

    def __init__(self) -> None:
        self.executor = Immediate()

    @property
    def window(self) -> int:
        """Return one: a call is finished when it has been submitted."""
        return 1
