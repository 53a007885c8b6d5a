"""Chooses the crew: one that was asked for, else as many processes as there are cores to use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from sim.core.errors import RequestError
from sim.runs.executors.cluster import Cluster
from sim.runs.executors.here import Here
from sim.runs.executors.lent import Lent
from sim.runs.executors.managed import ManagedExecutor
from sim.runs.executors.pool import Pool

Given = Executor | Callable[[], Executor]


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose(
    useful: int,
    workers: int | None = None,
    dask: str | None = None,
    executor: Given | None = None,
    needed: object = None,
) -> ManagedExecutor:
    """Return an open crew; more than `useful` local processes are not started.

    Raises `RequestError` when two places were asked for or the one asked for cannot be had.
    """
    if dask is not None and (executor is not None or workers is not None):
        raise RequestError(
            "a Dask cluster has its own workers; give no `workers` or `executor` with it"
        )
    if dask is not None:
        return Cluster(dask)
    if executor is not None:
        return Lent(executor, workers)
    if workers is not None and workers < 0:
        raise RequestError(f"workers is {workers}; give 0 for this process, or 1 and more")
    if workers == 0:
        return Here()
    return Pool(max(1, min(useful, workers or cores())), needed)


@contextmanager
def engaged(managed: ManagedExecutor) -> Iterator[ManagedExecutor]:
    """Close a crew at the end, at once if the end is an error or Ctrl-C."""
    try:
        yield managed
    except BaseException:
        managed.close(at_once=True)
        raise
    managed.close()
