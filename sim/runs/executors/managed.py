"""A crew: an executor with what the standard interface leaves out.

A crew says how many calls it wants under way, which errors mean that a worker died, and can be
opened again after that.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TypeVar

from sim.core.errors import RequestError

T = TypeVar("T")


class ManagedExecutor:
    """Base of all crews; `executor` is set by those who derive from it."""

    executor: Executor
    workers: int = 1
    #: errors of a future which say that the worker died, not that the call raised
    deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)
    #: whether the death of one worker takes all calls under way with it
    fall_together: bool = True

    @property
    def window(self) -> int:
        """Return how many calls should be under way: one per worker, and two that wait."""
        return self.workers + 2

    def submit(self, call: Callable[..., T], /, *args: object) -> Future[T]:
        """Hand a call to the executor."""
        return self.executor.submit(call, *args)

    def reopen(self) -> None:
        """Make the crew fit for work after a death; raises `RequestError` when it cannot."""

    def watch(self) -> None:
        """Raise `RequestError` when nobody is at work any more; called while waiting."""

    def lost(self) -> RequestError:
        """Return the error for an executor that has dropped its calls."""
        return RequestError(
            "the executor has dropped its calls; what is done is kept, repeat the command to go on"
        )

    def close(self, *, at_once: bool = False) -> None:
        """End the crew, with `at_once` without waiting for calls under way."""
        self.executor.shutdown(wait=True, cancel_futures=True)
