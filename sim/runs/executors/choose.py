"""Chooses the executor: the one requested, else one process per core that may be used."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import cast

from sim.core.errors import RequestError
from sim.core.plugins import HERE
from sim.runs.executors.cluster import Cluster
from sim.runs.executors.given import GivenExecutor
from sim.runs.executors.in_process import InProcess
from sim.runs.executors.managed import ManagedExecutor
from sim.runs.executors.pool import Pool
from sim.runs.interrupts import uninterrupted
from sim.runs.plugins import Loaded

Given = Executor | Callable[[], Executor]


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def at_once(useful: int, workers: int | None) -> int:
    """Return how many of `useful` jobs are done at one time here; `workers` 0 is this process."""
    wanted = 1 if workers == 0 else workers or cores()
    return max(1, min(useful, wanted))


def choose(
    useful: int,
    workers: int | None = None,
    dask: str | None = None,
    executor: Given | None = None,
    needed: object = None,
    plugins: Mapping[str, str] | None = None,
) -> ManagedExecutor:
    """Return an open executor; at most `useful` local processes are started.

    Its workers load `plugins`.  Where one of them is a class of this process, so is the executor.

    Raises `RequestError` when two executors are requested, or the requested one is unavailable.
    """
    if dask is not None and (executor is not None or workers is not None):
        raise RequestError(
            "a Dask cluster has its own workers; give no `workers` or `executor` with it"
        )
    check_workers(workers)
    recorded = plugins or {}
    if HERE in recorded:
        if dask is not None or executor is not None or workers:
            raise RequestError(
                "other processes cannot load a class that was registered in this one; leave out "
                "`workers`, `executor` and `dask`, or put the class in a file and load that"
            )
        workers = 0
    if dask is not None:
        return _loading(Cluster(dask), recorded)
    if executor is not None:
        return _loading(GivenExecutor(executor, workers), recorded)
    if workers == 0:
        return InProcess()
    return Pool(at_once(useful, workers), needed, recorded)


def _loading(managed: ManagedExecutor, plugins: Mapping[str, str]) -> ManagedExecutor:
    """Return an executor of others, whose workers load plug-ins with their first job."""
    managed.loaded = Loaded(plugins)
    return managed


def check_workers(workers: object) -> None:
    """Raise `RequestError` for workers that are neither None nor a whole number from 0."""
    whole = isinstance(workers, int) and not isinstance(workers, bool)
    if workers is not None and not (whole and cast(int, workers) >= 0):
        raise RequestError(f"workers is {workers!r:.60}; give 0 for this process, or 1 or more")


@contextmanager
def engaged(managed: ManagedExecutor) -> Iterator[ManagedExecutor]:
    """Close an executor at the end of a block; at once if an error or Ctrl-C ends it."""
    try:
        yield managed
    except BaseException:
        with uninterrupted():
            managed.close(at_once=True)
        raise
    managed.close()
