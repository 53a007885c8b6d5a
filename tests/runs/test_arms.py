"""Arms in memory are those of a folder, and none is simulated twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.outcomes import METRICS
from sim.runs import arms as in_memory
from sim.runs.arms import KEPT, Kept, simulate_arms
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.reading import read_months, read_runs
from sim.scenario.loading import load_scenario

BASE = load_scenario("zhengzhou/baseline", set={"firms.count": 100, "horizon": 3})
OTHER = BASE.with_({"banks.main.rating.slope": 0.65, "name": "flatter"})
THIRD = BASE.with_({"banks.main.rating.slope": 0.6, "name": "flattest"})
ARMS = {"base": BASE, "other": OTHER}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    KEPT.clear()
    yield
    KEPT.clear()


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the scenarios that are simulated."""
    names: list[str] = []
    honest = in_memory.simulate_several

    def spy(scenarios: Any, *args: Any) -> Any:
        names.extend(scenario.name for scenario in scenarios)
        return honest(scenarios, *args)

    monkeypatch.setattr(in_memory, "simulate_several", spy)
    return names


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.thorough)])
def test_frames_are_those_of_a_folder(tmp_path: Path, workers: int) -> None:
    execute(Plan(ARMS, (3, 1, 2)), tmp_path / "runs", workers=0, quiet=True)
    found = simulate_arms(ARMS, (3, 1, 2), workers)
    pd.testing.assert_frame_equal(found.runs, read_runs(tmp_path / "runs"), check_exact=True)
    pd.testing.assert_frame_equal(found.months, read_months(tmp_path / "runs"), check_exact=True)


def test_a_base_is_simulated_once(simulated: list[str]) -> None:
    first = sim.compare(BASE, OTHER, seeds=2)
    again = sim.compare(BASE, [THIRD, OTHER], seeds=2)
    assert simulated == [BASE.name, "flatter", "flattest"]
    theirs = again.table[again.table["arm"] == "flatter"]
    pd.testing.assert_frame_equal(
        theirs.reset_index(drop=True), first.table.reset_index(drop=True), check_exact=True
    )
    sim.compare(BASE, OTHER, seeds=[1, 3])
    assert len(simulated) == 5


def test_a_metric_that_was_changed_is_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = simulate_arms(ARMS, (1,)).runs["profit"]
    once = METRICS["profit"].compute
    doubled = replace(METRICS["profit"], compute=lambda history: 2.0 * once(history))
    monkeypatch.setitem(METRICS, "profit", doubled)
    after = simulate_arms(ARMS, (1,)).runs["profit"]
    assert after.tolist() == (2.0 * before).tolist()


def test_what_is_kept_has_a_limit() -> None:
    result = sim.simulate(BASE, seeds=2)
    kept = Kept(2 * result.history.pages.nbytes)
    for seed in range(4):
        kept.keep((BASE, (seed,), ()), result)
    assert len(kept) == 2
    assert kept.find((BASE, (0,), ())) is None
    assert kept.find((BASE, (3,), ())) is result


def test_a_seed_that_fails_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> Any:
        raise FloatingPointError("one seed failed")

    whole = sim.compare(BASE, OTHER, seeds=2)
    KEPT.clear()
    monkeypatch.setattr(in_memory, "simulate_several", fails)
    by_folder = sim.compare(BASE, OTHER, seeds=2)
    pd.testing.assert_frame_equal(by_folder.table, whole.table, check_exact=True)
