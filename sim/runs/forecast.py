"""Estimates the time and space that a plan needs from a short trial: the result of a dry run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.core.errors import RequestError
from sim.runs.chunks import burn_in_months, months_of, remaining, width
from sim.runs.executors.choose import at_once
from sim.runs.failures import failed_seeds
from sim.runs.growth import grown
from sim.runs.interface import ResultLike, ScenarioLike, Simulate
from sim.runs.layout import Folder
from sim.runs.manifest import read_manifest
from sim.runs.parts import as_table, encoded
from sim.runs.plan import Plan
from sim.runs.progress import spoken
from sim.runs.room import largest_chunks, refuse_disk, refuse_memory
from sim.runs.survey import survey
from sim.runs.version import model_version
from sim.runs.work import simulator

LONG = 10.0  # seconds of a single run that make the time to compile negligible
START = 2.0  # seconds until workers have loaded the model


@dataclass(frozen=True)
class Forecast:
    """Runs to do, chunks, workers, seconds on them, bytes on disk and in memory."""

    runs: int
    chunks: int
    workers: int
    seconds: float
    bytes: float
    memory: int

    def __str__(self) -> str:
        return (
            f"{self.runs:,} runs in {self.chunks:,} chunks: about {spoken(self.seconds)} on "
            f"{self.workers:,} workers, about {self.bytes / 1e6:,.1f} MB on disk and "
            f"{self.memory / 1e9:,.1f} GB of memory"
        )


def forecast(
    plan: Plan,
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    simulate: Simulate | None = None,
) -> Forecast:
    """Estimate the work left in a plan, without what its folder holds already.

    One chunk of the first arm is tried and scaled by firms × months, where the months before
    month 1 count once for all arms that share them.  Nothing is written.
    Raises `RequestError` when the trial raises, when memory or disk are too small, and before the
    trial when the folder holds something else, as `execute` would.
    """
    refuse_memory(plan, workers)
    left = list(remaining(plan, _settled(plan, folder)))
    if folder is not None:
        refuse_disk(plan, Path(folder).absolute(), sum(len(chunk.seeds) for chunk in left))
    used = at_once(len(left), workers)
    largest = largest_chunks(plan, workers)
    arm, scenario = next(iter(plan.arms.items()))
    seeds = plan.seeds[: width(scenario, plan.runs)]
    run = simulator(simulate)
    try:
        result, took = _timed(run, scenario, seeds[:1])  # the first call may compile
        if took < LONG or len(seeds) > 1:
            result, took = _timed(run, scenario, seeds)
    except Exception as fault:
        raise RequestError(f"the trial run of arm '{arm}' failed: {fault}") from fault
    trial = len(seeds) * scenario.firms.count * (scenario.horizon + burn_in_months(scenario))
    months = len(seeds) * scenario.horizon
    of = plan.arms
    work = sum(len(c.seeds) * of[c.arm].firms.count * each for c, each in months_of(plan, left))
    rows = sum(len(c.seeds) * of[c.arm].horizon for c in left)
    return Forecast(
        runs=sum(len(chunk.seeds) for chunk in left),
        chunks=len(left),
        workers=used,
        seconds=took * work / trial / used + START * bool(left),
        bytes=_size(result, arm) * rows / months,
        memory=largest.bytes if largest else 0,
    )


def _settled(plan: Plan, folder: str | Path | None) -> dict[str, set[int]]:
    home = Folder(folder) if folder is not None else None
    manifest = read_manifest(home) if home else None
    if home is None or manifest is None:
        return {}
    manifest = grown(home, manifest, plan, model_version())
    done = survey(home, manifest).done
    failed = failed_seeds(home, plan.arms, done)
    return {arm: done[arm] | failed.get(arm, set()) for arm in plan.arms}


def _timed(run: Simulate, scenario: ScenarioLike, seeds: Sequence[int]) -> tuple[ResultLike, float]:
    started = time.perf_counter()
    result = run(scenario, seeds=list(seeds))
    return result, time.perf_counter() - started


def _size(result: ResultLike, arm: str) -> int:
    return sum(
        len(encoded(as_table([frame], arm), b"")) for frame in (result.summary, result.months)
    )
