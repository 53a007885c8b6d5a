"""Chunks: how a plan is cut into pieces of work.

A chunk is one arm with consecutive seeds that are simulated together.  It should be long
enough to be worth sending (.2 s), small enough for a worker's memory, and there should be
enough of them to keep all workers busy to the end.  The cut depends on the plan alone, never
on the machine or the number of workers, so that a resumed run is cut in the same way.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sim.runs.interface import ScenarioLike
from sim.runs.plan import Plan

MOST_SLOTS = 65_536  # seeds × firms in one chunk: about 50 MB of columns
LEAST_WORK = 500_000  # firm-months of the horizon; with burn-in about .2 s of one core
PIECES = 32  # for the whole plan, where the two bounds above allow it


@dataclass(frozen=True)
class Chunk:
    """Some seeds of one arm."""

    arm: str
    seeds: tuple[int, ...]


def width(scenario: ScenarioLike, runs: int) -> int:
    """Return how many seeds of a scenario one chunk holds in a plan of `runs` runs."""
    firms = max(1, scenario.firms.count)
    most = max(1, MOST_SLOTS // firms)
    least = math.ceil(LEAST_WORK / (firms * max(1, scenario.horizon)))
    return min(most, max(least, math.ceil(runs / PIECES)))


def cut(plan: Plan) -> Iterator[Chunk]:
    """Yield the chunks of a plan, the arms taking turns so that early results can be compared."""

    def of_arm(arm: str, scenario: ScenarioLike) -> Iterator[Chunk]:
        pieces = math.ceil(len(plan.seeds) / width(scenario, plan.runs))
        edges = (len(plan.seeds) * piece // pieces for piece in range(pieces + 1))
        for first, last in itertools.pairwise(edges):
            yield Chunk(arm, plan.seeds[first:last])

    for turn in itertools.zip_longest(*(of_arm(*arm) for arm in plan.arms.items())):
        yield from (chunk for chunk in turn if chunk is not None)


def remaining(plan: Plan, settled: Mapping[str, Collection[int]]) -> Iterator[Chunk]:
    """Yield the chunks of a plan without the seeds already `settled`; no chunk is empty."""
    for chunk in cut(plan):
        gone = settled.get(chunk.arm, ())
        seeds = tuple(seed for seed in chunk.seeds if seed not in gone)
        if seeds:
            yield Chunk(chunk.arm, seeds)
