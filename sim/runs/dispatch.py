"""Keeps the workers busy with a bounded number of jobs, and finds the run that kills workers.

A worker's death does not show its cause.  All jobs lost with it are suspects: they wait until the
others are finished and are then run one at a time, alone.  A job that kills a worker again is
halved until the single run is found and recorded.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait

from sim.runs.executors.managed import ManagedExecutor
from sim.runs.failures import Failure
from sim.runs.layout import Folder
from sim.runs.manifest import now
from sim.runs.parts import Held, Part, read_part, remove_part
from sim.runs.work import ChunkRecord, Job, work

TICK = 0.5  # seconds between two checks while no result arrives


def dispatch(jobs: Iterable[Job], managed: ManagedExecutor) -> Iterator[ChunkRecord | None]:
    """Yield the record of each job as it arrives, and None when time passes without one.

    Raises `RequestError` from a worker that cannot write, or when the executor is lost.
    """
    suspects: list[Job] = []
    yield from _together(jobs, managed, suspects)
    while suspects:
        yield from _alone(suspects.pop(), managed, suspects)


def _together(
    jobs: Iterable[Job], managed: ManagedExecutor, suspects: list[Job]
) -> Iterator[ChunkRecord | None]:
    """Run jobs side by side; those whose worker died are added to `suspects`."""
    queue = iter(jobs)
    pending: dict[Future[ChunkRecord], Job] = {}
    while True:
        died = False
        for job in itertools.islice(queue, managed.window - len(pending)):
            try:
                pending[managed.submit(work, job)] = job
            except managed.deaths:  # noticed at submission: this job has not started
                queue = itertools.chain([job], queue)
                died = True
                break
        if not pending and not died:
            return
        ready = wait(pending, TICK, FIRST_COMPLETED).done if pending else set()
        for future in ready:
            job = pending.pop(future)
            try:
                record = future.result()
            except managed.deaths:
                suspects.append(job)
                died = True
            except CancelledError:
                raise managed.lost() from None
            else:
                yield record
        if died and managed.fall_together:
            yield from _salvage(pending, managed, suspects)
        if died:
            managed.reopen()
        elif not ready:
            managed.watch()
            yield None


def _salvage(
    pending: dict[Future[ChunkRecord], Job], managed: ManagedExecutor, suspects: list[Job]
) -> Iterator[ChunkRecord | None]:
    """Empty the set of jobs of a broken executor: keep finished ones, suspect the others."""
    for future in wait(pending).done:
        job = pending.pop(future)
        try:
            record = future.result()
        except managed.deaths:
            suspects.append(job)
        else:
            yield record


def _alone(job: Job, managed: ManagedExecutor, suspects: list[Job]) -> Iterator[ChunkRecord | None]:
    """Run one job alone; if it kills its worker, halve it, or record its only run as failed."""
    folder = Folder(job.folder)
    part = Part(job.model, (Held(job.arm, job.scenario.hash, job.seeds),))
    if read_part(folder, part.name):  # it had written everything when its worker died
        yield ChunkRecord(job.arm, job.seeds)
        return
    remove_part(folder, part.name)
    fatal: list[Job] = []
    yield from _together([job], managed, fatal)
    if not fatal:
        return
    remove_part(folder, part.name)
    if len(job.seeds) > 1:
        middle = len(job.seeds) // 2
        suspects += [job.of(job.seeds[:middle]), job.of(job.seeds[middle:])]
        return
    error = "the worker process died twice, the second time with this run alone"
    yield ChunkRecord(job.arm, (), (Failure(job.arm, job.seeds[0], "crashed", error, "", now()),))
