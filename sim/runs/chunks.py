"""Chunks: how a plan is cut into pieces of work.

A chunk is one arm with consecutive seeds that are simulated together.  It should be long
enough to be worth sending (.2 s), small enough for a worker's memory, and there should be
enough of them to keep all workers busy to the end.  The cut depends on the plan alone, never
on the machine or the number of workers, so that a resumed run is cut in the same way; only the
order of the chunks depends on the workers.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sim.runs.interface import ScenarioLike
from sim.runs.plan import Plan

MOST_SLOTS = 65_536  # seeds × firms in one chunk: about 50 MB of columns
LEAST_WORK = 500_000  # firm-months of the horizon; with burn-in about .2 s of one core
WITHOUT_BANKS = 0.4  # work of a month without banks over that of a usual month
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


def cut(plan: Plan, workers: int = 1) -> Iterator[Chunk]:
    """Yield the chunks of a plan, the arms taking turns so that early results can be compared.

    With several workers, each arm gives as many chunks a turn, with other seeds: then each worker
    simulates another burn-in at first, which the chunks that follow share.
    """

    def of_arm(arm: str, scenario: ScenarioLike) -> Iterator[Chunk]:
        pieces = math.ceil(len(plan.seeds) / width(scenario, plan.runs))
        edges = (len(plan.seeds) * piece // pieces for piece in range(pieces + 1))
        for first, last in itertools.pairwise(edges):
            yield Chunk(arm, plan.seeds[first:last])

    turns = itertools.zip_longest(*(of_arm(*arm) for arm in plan.arms.items()))
    narrowest = min(width(scenario, plan.runs) for scenario in plan.arms.values())
    left = math.ceil(len(plan.seeds) / narrowest)
    while left:
        together = workers if left >= 2 * workers else left
        left -= together
        for arm in zip(*itertools.islice(turns, together), strict=True):
            yield from (chunk for chunk in arm if chunk is not None)


def remaining(
    plan: Plan, settled: Mapping[str, Collection[int]], workers: int = 1
) -> Iterator[Chunk]:
    """Yield the chunks of a plan without the seeds already `settled`; no chunk is empty."""
    for chunk in cut(plan, workers):
        gone = settled.get(chunk.arm, ())
        seeds = tuple(seed for seed in chunk.seeds if seed not in gone)
        if seeds:
            yield Chunk(chunk.arm, seeds)


def months_of(plan: Plan, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, int]]:
    """Yield each chunk with its months to simulate; a shared burn-in counts for the first alone."""
    starts, begun = shared_starts(plan.arms), set()
    for chunk in chunks:
        scenario = plan.arms[chunk.arm]
        start = (starts.get(chunk.arm), chunk.seeds)
        known = start in begun
        if start[0]:
            begun.add(start)
        yield chunk, scenario.horizon + (0 if known else burn_in_months(scenario))


def burn_in_months(scenario: ScenarioLike) -> int:
    """Return the months that are simulated before month 1, those without banks by their work."""
    burn_in = getattr(scenario, "burn_in", None)
    nature = getattr(burn_in, "nature_months", 0)
    return int(getattr(burn_in, "months", 0)) + math.ceil(WITHOUT_BANKS * nature)


def shared_starts(arms: Mapping[str, ScenarioLike]) -> dict[str, str]:
    """Return, for each arm that begins month 1 with the books of another, the hash of its start."""
    starts = {arm: getattr(scenario, "start_hash", "") for arm, scenario in arms.items()}
    times = Counter(starts.values())
    return {arm: start for arm, start in starts.items() if start and times[start] > 1}
