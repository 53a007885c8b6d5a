"""Whether a plan has room: memory for its workers, and disk for its files, before it is begun."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

from sim.core.errors import RequestError
from sim.model.memory_need import bytes_needed, refuse_too_large
from sim.outcomes import METRICS
from sim.runs.chunks import width
from sim.runs.executors.choose import cores
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario
from sim.state.ledger import LEDGER

WORD = 8  # bytes of a number before it is compressed
BESIDES = 6  # columns that are no ledger's and no metric: arm, seed, bank, month, two derived


def refuse_memory(plan: Plan, workers: int | None) -> None:
    """Raise `RequestError` if the chunks simulated at one time need more memory than there is."""
    at_once = max(1, min(workers or cores() if workers != 0 else 1, plan.runs))
    largest = max(
        (
            (bytes_needed(scenario, seeds), scenario, seeds)
            for scenario in plan.arms.values()
            if isinstance(scenario, Scenario)  # a stand-in has no tables
            for seeds in [min(len(plan.seeds), width(scenario, plan.runs))]
        ),
        key=lambda found: found[0],
        default=None,
    )
    if largest is not None:
        _, scenario, seeds = largest
        chunks = len(plan.arms) * -(-len(plan.seeds) // seeds)
        refuse_too_large(scenario, seeds, min(at_once, chunks))


def most_bytes(plan: Plan) -> int:
    """Return the most bytes that all runs of a plan take on disk, as if nothing were compressed."""
    return sum(
        WORD
        * len(plan.seeds)
        * len(scenario.banks)
        * (scenario.horizon * (len(LEDGER) + BESIDES) + len(METRICS) + BESIDES)
        for scenario in plan.arms.values()
        if isinstance(scenario, Scenario)
    )


def refuse_disk(plan: Plan, folder: Path, missing: int) -> None:
    """Raise `RequestError` if the `missing` runs of a plan may not fit on the folder's disk."""
    place = next(
        (one for one in itertools.chain([folder], folder.parents) if os.path.isdir(one)), None
    )
    if place is None:
        return
    free = shutil.disk_usage(place).free
    needed = most_bytes(plan) * missing // plan.runs
    if needed > free:
        raise RequestError(
            f"{folder}: {missing:,} runs need up to {needed / 1e9:,.1f} GB on disk, "
            f"{free / 1e9:,.1f} GB are free; give fewer seeds, arms or months (horizon), or "
            "another folder"
        )
