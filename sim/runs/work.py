"""What a worker does with one chunk: simulate, write the parts, return a small record.

If a seed raises, the chunk is halved until the seed is found, so the others are kept.
"""

from __future__ import annotations

import socket
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.runs.failures import Failure
from sim.runs.interface import ResultLike, ScenarioLike, Simulate
from sim.runs.layout import Folder
from sim.runs.lock import holds
from sim.runs.manifest import now
from sim.runs.version import model_version

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TRACEBACK = 8_000  # characters
LOADED = model_version()  # read when the code is loaded, since files may be edited during a run


@dataclass(frozen=True)
class Job:
    """One job for a worker; without `simulate` it uses the model."""

    arm: str
    scenario: ScenarioLike
    seeds: tuple[int, ...]
    folder: str
    claim: str
    model: str
    simulate: Simulate | None = None
    shared: bool = False  # other arms begin month 1 with the same books

    def of(self, seeds: tuple[int, ...]) -> Job:
        """Return the same job for other seeds."""
        return replace(self, seeds=seeds)


@dataclass(frozen=True)
class ChunkRecord:
    """The outcome of a job: seeds done, failures, and seconds of work."""

    arm: str
    done: tuple[int, ...]
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


def work(job: Job) -> ChunkRecord:
    """Run a job; raises `RequestError` when this worker's model or folder is not the driver's."""
    from sim.runs.parts import Held, Part, as_table, write_part

    begun = time.perf_counter()
    folder = Folder(job.folder)
    if job.model != LOADED:
        raise RequestError(
            f"the worker on {socket.gethostname()} has model version {LOADED}, the driver "
            f"{job.model}; install the same version on both and start again"
        )
    _check_claim(folder, job)
    results, failures = attempt(simulator(job.simulate, job.shared), job, job.seeds)
    failed = {failure.seed for failure in failures}
    done = tuple(seed for seed in job.seeds if seed not in failed)
    if done:
        part = Part(job.model, (Held(job.arm, job.scenario.hash, done),))
        tables = {
            "runs": as_table([result.summary for result in results], job.arm),
            "months": as_table([result.months for result in results], job.arm),
        }
        _check_claim(folder, job)  # meanwhile another driver may have taken over
        write_part(folder, part, tables)
    return ChunkRecord(job.arm, done, tuple(failures), time.perf_counter() - begun)


def simulator(simulate: Simulate | None, shared: bool = False) -> Simulate:
    """Return the given simulator, or the model's; `shared` books are kept for other arms."""
    if simulate is not None:
        return simulate
    from sim.model.simulate import simulate as model
    from sim.runs.book_store import usual_store

    found: Simulate = partial(model, store=usual_store()) if shared else model
    return found


def whole(scenario: Any, *, seeds: Sequence[int]) -> ResultLike:
    """Simulate every month, although books of some may be kept."""
    from sim.model.result import result_of
    from sim.model.simulation import Simulation

    simulation = Simulation(scenario, seeds).run()
    return result_of(simulation.market, simulation.recorder)


def attempt(
    simulate: Simulate, job: Job, seeds: tuple[int, ...]
) -> tuple[list[ResultLike], list[Failure]]:
    """Simulate seeds together; if that raises, each half, down to the seeds that fail."""
    try:
        result = simulate(job.scenario, seeds=list(seeds))
        _check_seeds(result.summary, seeds)
        _check_seeds(result.months, seeds)
    except Exception as fault:  # whatever a run raises, the others continue
        if len(seeds) == 1:
            return [], [_failure(job, seeds[0], fault)]
    else:
        return [result], []
    middle = len(seeds) // 2
    first, second = (attempt(simulate, job, half) for half in (seeds[:middle], seeds[middle:]))
    return first[0] + second[0], first[1] + second[1]


def _check_seeds(frame: pd.DataFrame, seeds: tuple[int, ...]) -> None:
    if set(frame["seed"]) != set(seeds):
        raise ValueError(f"requested seeds {seeds}, the result has {sorted(set(frame['seed']))}")


def _check_claim(folder: Folder, job: Job) -> None:
    if not holds(folder, job.claim):
        raise RequestError(
            f"the worker on {socket.gethostname()} does not see the driver's folder {folder}, or "
            "another driver has taken it; workers need the folder on a shared disk"
        )


def _failure(job: Job, seed: int, fault: Exception) -> Failure:
    error = "".join(traceback.format_exception_only(fault)).strip()
    text = "".join(traceback.format_exception(fault))[-LONGEST_TRACEBACK:]
    return Failure(job.arm, seed, "raised", error, text, now())
