"""`simulate` on several processors gives what it gives on one."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from sim.core.errors import RequestError
from sim.model.joining import joined
from sim.model.result import Result
from sim.runs import simulating
from sim.runs.chunks import MOST_SLOTS
from sim.runs.simulating import simulate, split
from sim.scenario.schema import Scenario
from tests.model.worlds import digest, scenario

WORLD: dict[str, Any] = {
    "firms": {"count": 60, "volatility": 0.2},
    "horizon": 4,
    "burn_in": {"months": 4},
}


@pytest.fixture(scope="module")
def world() -> Scenario:
    return scenario({}, {}, **WORLD)


@pytest.fixture(scope="module")
def together(world: Scenario) -> Result:
    return simulate(world, seeds=[3, 1, 8], detail=True)


def assert_same(one: Result, other: Result) -> None:
    for name in ("months", "summary", "vintages", "survival", "cohorts"):
        assert digest(getattr(one, name)) == digest(getattr(other, name)), name
    for name in ("loans", "events"):
        frames = [getattr(result, name) for result in (one, other)]
        by_loan = [f.sort_values(["seed", "bank", "loan"], kind="stable") for f in frames]
        left, right = (frame.reset_index(drop=True) for frame in by_loan)
        assert left.equals(right), name


def test_results_of_parts_join_to_that_of_all_seeds(world: Scenario, together: Result) -> None:
    parts = [simulate(world, seeds=seeds, detail=True) for seeds in ([3, 1], [8])]
    whole = joined(parts)
    assert_same(whole, together)
    assert repr(whole) == repr(together)
    assert joined(parts[:1]) is parts[0]
    without = joined([simulate(world, seeds=[seed]) for seed in (3, 1)])
    assert (without.loans, without.events) == (None, None)


def test_two_processes_give_the_same(
    world: Scenario, together: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMELEND_BOOKS_GB", "0")
    found = simulate(world, seeds=[3, 1, 8], detail=True, workers=2)
    assert_same(found, together)
    assert list(simulating._pools) == [2]  # they stay for the next call
    for process in simulating._pools[2].executor._processes.values():
        os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(RequestError, match="a worker process died"):
        simulate(world, seeds=[3, 1, 8], workers=2)
    with pytest.raises(RequestError, match="workers: must be a whole number"):
        simulate(world, seeds=3, workers=-1)
    assert simulating._pools == {}


@pytest.mark.parametrize(
    ("seeds", "firms", "workers", "sizes"),
    [
        (5, 100, 2, [2, 3]),
        (1, 100, 4, [1]),
        (3, 100, 8, [1, 1, 1]),
        (8, MOST_SLOTS, 2, [1] * 8),
        (12, MOST_SLOTS // 4, 2, [3, 3, 3, 3]),
    ],
)
def test_seeds_are_split_evenly(seeds: int, firms: int, workers: int, sizes: list[int]) -> None:
    parts = split(range(1, seeds + 1), firms, workers)
    assert [len(part) for part in parts] == sizes
    assert [seed for part in parts for seed in part] == list(range(1, seeds + 1))
