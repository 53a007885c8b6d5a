"""A managed executor: an executor with what the standard interface lacks.

It says how many calls should be under way and which errors mean that a worker died, and it can be
opened again after a death.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TypeVar

from sim.core.errors import RequestError
from sim.runs.plugins import Loaded

T = TypeVar("T")


class ManagedExecutor:
    """Base of all managed executors; subclasses set `executor`."""

    executor: Executor
    workers: int = 1
    #: errors of a future which say that the worker died, not that the call raised
    deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)
    #: whether the death of one worker takes all calls under way with it
    fall_together: bool = True
    #: plug-ins that a worker loads before each call
    loaded: Loaded = Loaded({})

    @property
    def window(self) -> int:
        """Return how many calls should be under way: one per worker, and two in the queue."""
        return self.workers + 2

    def submit(self, call: Callable[..., T], /, *args: object) -> Future[T]:
        """Submit a call to the executor."""
        return self.executor.submit(*self.loaded.wrap(call, args))

    def reopen(self) -> None:
        """Open the executor again after a death; raises `RequestError` when that is impossible."""

    def watch(self) -> None:
        """Raise `RequestError` when no worker is left; called while waiting."""

    def lost(self) -> RequestError:
        """Return the error for an executor that has dropped its calls."""
        return RequestError(
            "the executor has dropped its calls; finished runs are kept; "
            "repeat the command to go on"
        )

    def close(self, *, at_once: bool = False) -> None:
        """Close the executor; with `at_once`, do not wait for calls under way."""
        self.executor.shutdown(wait=True, cancel_futures=True)
