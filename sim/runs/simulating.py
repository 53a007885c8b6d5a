"""`simulate` for Python: one call, in this process or on several processors, without a folder.

The processes stay for the next call, with the books that they keep, and end with this one.
"""

from __future__ import annotations

import atexit
import itertools
import math
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

from sim.core.errors import RequestError
from sim.model.joining import joined
from sim.model.memory_need import refuse_too_large
from sim.model.result import Result
from sim.model.simulate import simulate as simulate_here
from sim.runs.chunks import MOST_SLOTS
from sim.runs.executors.pool import Pool
from sim.scenario.arguments import chosen_seeds, scenario_of, workers_of
from sim.scenario.schema import Scenario


def simulate(
    scenario: Scenario | str | Path,
    seed: int | None = None,
    *,
    seeds: int | str | Sequence[int] | None = None,
    workers: int | None = 0,
    check: bool = True,
    detail: bool = False,
) -> Result:
    """Simulate a scenario to its horizon for one seed (7 if none is given) or for several.

    `scenario` may be a path or a name such as ``zhengzhou/baseline``.  `seeds` is a list, a
    number n for seeds 1 to n (also as text), or text such as ``31..60``.  Several seeds are
    simulated side by side, which is faster; the result of a seed does not depend on the other
    seeds.  `workers` processes share them (None: one per processor; 0: this process), and
    only the order of loans and events depends on it.  With `check`, the books must balance every
    month.  `detail` also returns every loan and what happened to it, and changes nothing else.  The
    months before month 1 are kept for other scenarios that share them, in memory and, with workers,
    on disk.
    Raises `RequestError` for seeds that are negative, repeated or none, where a worker dies, and
    where the machine has too little memory for them.
    """
    processes = workers_of(workers)
    chosen = chosen_seeds(seed, seeds)
    resolved = scenario_of(scenario)
    if processes == 0 or len(chosen) == 1:
        return simulate_here(resolved, seeds=chosen, check=check, detail=detail)
    return simulate_several([resolved], chosen, processes or _cores(), check, detail)[0]


def simulate_several(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    workers: int,
    check: bool = True,
    detail: bool = False,
) -> list[Result]:
    """Simulate each scenario for the same seeds, which `workers` processes (0: this one) share.

    Every scenario's seeds are cut in the same parts, so that a worker which has simulated the
    months before month 1 for some seeds has them for all scenarios.
    Raises `RequestError` where a worker dies, and where there is too little memory.
    """
    processes = min(workers, len(scenarios) * len(seeds))
    parts = [split(seeds, one.firms.count, min(max(processes, 1), len(seeds))) for one in scenarios]
    for scenario, of_seeds in zip(scenarios, parts, strict=True):
        refuse_too_large(scenario, max(map(len, of_seeds)), max(processes, 1))
    if processes == 0:
        here = partial(simulate_here, check=check, detail=detail)
        return [
            joined([here(one, seeds=some) for some in of_seeds])
            for one, of_seeds in zip(scenarios, parts, strict=True)
        ]
    pool = _pool(processes)
    try:
        asked = [
            [pool.submit(_part, one, some, check, detail) for some in of_seeds]
            for one, of_seeds in zip(scenarios, parts, strict=True)
        ]
        return [joined([part.result() for part in of_one]) for of_one in asked]
    except BrokenExecutor as fault:
        _close(processes)
        raise RequestError(
            "a worker process died, perhaps for want of memory; give fewer workers or seeds"
        ) from fault
    except BaseException:  # Ctrl-C too
        _close(processes)
        raise


def _cores() -> int:
    from sim.runs.executors.choose import cores

    return cores()


def split(seeds: Sequence[int], firms: int, workers: int) -> list[list[int]]:
    """Return the seeds in parts, as many for each worker, none of them too large for one."""
    turns = math.ceil(len(seeds) * firms / (MOST_SLOTS * workers))
    parts = min(len(seeds), workers * turns)
    edges = [len(seeds) * k // parts for k in range(parts + 1)]
    return [list(seeds[first:last]) for first, last in itertools.pairwise(edges)]


def _part(scenario: Scenario, seeds: list[int], check: bool, detail: bool) -> Result:
    """Simulate some of the seeds in a worker."""
    from sim.runs.book_store import usual_store

    return simulate_here(scenario, seeds=seeds, check=check, detail=detail, store=usual_store())


_pools: dict[int, Pool] = {}


def _pool(workers: int) -> Pool:
    """Return the pool of so many workers, which is made once."""
    if workers not in _pools:
        for other in list(_pools):
            _close(other)
        _pools[workers] = Pool(workers)
        atexit.register(_close, workers)
    return _pools[workers]


def _close(workers: int) -> None:
    """End a pool and its processes, if it is there."""
    if pool := _pools.pop(workers, None):
        pool.close(at_once=True)
