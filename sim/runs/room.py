"""Whether a plan has room: memory for its workers, and disk for its files, before it is begun."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import RequestError
from sim.model.memory_need import bytes_needed, refuse_too_large
from sim.outcomes import METRICS
from sim.runs.chunks import width
from sim.runs.executors.choose import at_once
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario
from sim.state.ledger import LEDGER

WORD = 8  # bytes of a number before it is compressed
BESIDES = 6  # columns that are no ledger's and no metric: arm, seed, bank, month, two derived


class Chunks(NamedTuple):
    """The chunks that need the most memory, as many as are simulated at one time."""

    scenario: Scenario
    seeds: int
    workers: int

    @property
    def bytes(self) -> int:
        """The most bytes that they have in use together."""
        return self.workers * bytes_needed(self.scenario, self.seeds)


def largest_chunks(plan: Plan, workers: int | None) -> Chunks | None:
    """Return the chunks that need the most memory; None for stand-ins, which have no tables."""
    found = []
    for scenario in plan.arms.values():
        if isinstance(scenario, Scenario):
            seeds = min(len(plan.seeds), width(scenario, plan.runs))
            chunks = len(plan.arms) * -(-len(plan.seeds) // seeds)
            found.append(Chunks(scenario, seeds, at_once(chunks, workers)))
    return max(found, key=lambda chunks: chunks.bytes, default=None)


def refuse_memory(plan: Plan, workers: int | None) -> None:
    """Raise `RequestError` if the chunks simulated at one time need more memory than there is."""
    if largest := largest_chunks(plan, workers):
        refuse_too_large(largest.scenario, largest.seeds, largest.workers)


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
