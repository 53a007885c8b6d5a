"""Executes a plan in a run folder: it runs what the folder does not hold yet, and only that.

Repeating the call continues where the last one ended, whether it finished, failed or was stopped.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.compile_cache import folder as folder_of_compiled
from sim.core.paths import path_of
from sim.core.plugins import HERE
from sim.runs.chunks import remaining, shared_starts
from sim.runs.common_fault import FirstFailures
from sim.runs.compiling import noted
from sim.runs.design import write_design
from sim.runs.dispatch import dispatch
from sim.runs.executors.choose import Given, check_workers, choose, cores, engaged
from sim.runs.failures import Failure, append_failures, failed_seeds
from sim.runs.growth import grown
from sim.runs.interface import Simulate
from sim.runs.layout import Folder
from sim.runs.lock import claimed
from sim.runs.manifest import Manifest, new_manifest, now, read_manifest, write_manifest
from sim.runs.outcome import Outcome
from sim.runs.plan import Plan, plan_of
from sim.runs.plugins import ALONE
from sim.runs.progress import Progress
from sim.runs.room import refuse_disk, refuse_memory
from sim.runs.session import session
from sim.runs.survey import Survey, last_written, survey, tidy
from sim.runs.version import model_version
from sim.runs.work import Job


def execute(
    plan: Plan,
    folder: str | Path,
    *,
    workers: int | None = None,
    dask: str | None = None,
    executor: Given | None = None,
    simulate: Simulate | None = None,
    retry_failed: bool = False,
    quiet: bool = False,
    asked: Mapping[str, Any] | None = None,
) -> Outcome:
    """Run what is missing of a plan in a folder and return the outcome.

    Uses `workers` processes on this machine (default: one per core; 0: in this process),
    or on the Dask scheduler at an address, or on any executor (or function that makes one).
    Failed runs are not repeated unless `retry_failed`.  The manifest stores `asked`, the question
    behind the runs.  Raises `RequestError` when the folder holds something else, is in use or
    cannot be written, when all runs meet the same fault, when memory or disk
    are too small for it, and `Stopped` after Ctrl-C.
    """
    begun = time.monotonic()
    plan = plan_of(plan)
    check_workers(workers)
    if dask is None and executor is None:  # else workers may be on other machines
        refuse_memory(plan, workers)
    home = Folder(path_of(folder, "folder").absolute())
    if not home.root.exists():
        refuse_disk(plan, home.root, plan.runs)  # before the folder is made
    home.make()
    with claimed(home) as claim:
        manifest, found, notes = _opened(home, plan)
        manifest.asked = dict(asked or manifest.asked)
        failed = {} if retry_failed else failed_seeds(home, plan.arms, found.done)
        settled = {arm: found.done[arm] | failed.get(arm, set()) for arm in plan.arms}
        outcome = Outcome(
            Path(folder),
            planned=plan.runs,
            done=sum(len(found.done[arm].intersection(plan.seeds)) for arm in plan.arms),
            failed=sum(len(seeds.intersection(plan.seeds)) for seeds in failed.values()),
        )
        refuse_disk(plan, home.root, outcome.missing)
        progress = Progress(outcome.missing, quiet=quiet, stage=plan.stage)
        for text in notes:
            progress.note(text)
        starts, side_by_side = shared_starts(plan.arms), max(1, workers or cores())
        jobs = (
            Job(
                chunk.arm, plan.arms[chunk.arm], chunk.seeds, str(home), claim, manifest.model,
                simulate, chunk.arm in starts,
            )
            for chunk in remaining(plan, settled, side_by_side)
        )  # fmt: skip
        if HERE in manifest.plugins:
            progress.note(f"{folder}: {ALONE}")
        if outcome.missing:
            folder_of_compiled(progress.note)
            useful = sum(1 for _ in itertools.islice(remaining(plan, settled), workers or cores()))
            with (
                session(home, manifest, outcome, progress, begun) as interrupts,
                engaged(
                    choose(useful, workers, dask, executor, simulate, manifest.plugins)
                ) as managed,
                noted(progress) as compiling,
            ):
                first = FirstFailures(not outcome.done, len(plan.arms))

                def settle(done: int, failures: tuple[Failure, ...]) -> None:
                    append_failures(home, failures)
                    outcome.count(done, len(failures))
                    progress.count(done, len(failures))

                for record in dispatch(jobs, managed):
                    if record is not None:
                        done = len(record.done)
                        settle(done, first.to_file(done, record.failures))
                    compiling.report()
                    progress.show()
                    interrupts.stop_if_asked()
                settle(0, first.rest())
        elif manifest.finished is None:  # its driver was killed after the last part
            manifest.finished = last_written(home, found.parts) or now()
            write_manifest(home, manifest)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _opened(home: Folder, plan: Plan) -> tuple[Manifest, Survey, list[str]]:
    """Return the manifest, new or extended to the plan, the complete parts, and what to say."""
    old = read_manifest(home)
    version = model_version()
    manifest = grown(home, old, plan, version) if old else new_manifest(plan, version)
    found = survey(home, manifest)
    notes = list(tidy(home, found))
    write_design(home, manifest)
    return manifest, found, notes
