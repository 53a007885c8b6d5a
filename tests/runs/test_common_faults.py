"""A fault that every run would meet stops the batch, and is no run's own failure."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
import standin

from sim.core import compile_cache
from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.status import status

FAULTS: dict[str, tuple[Exception, str]] = {
    "request": (RequestError("a.csv:3: no such month"), r"^a\.csv:3: no such month$"),
    "package": (ModuleNotFoundError("No module named 'sklearn'"), "No module named 'sklearn'"),
    "disk": (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
    "memory": (MemoryError(), "not enough memory for one run on each worker"),
}


class Raising:
    """Raises in the first runs of any arm, and counts the calls."""

    def __init__(self, fault: Exception, seeds: range):
        self.fault, self.seeds, self.calls = fault, seeds, 0

    def __call__(self, scenario: Any, *, seeds: list[int]) -> standin.Frames:
        self.calls += 1
        if set(seeds) & set(self.seeds):
            raise self.fault
        return standin.simulate(scenario, seeds=seeds)


def run(folder: Path, simulate: Any, seeds: int = 400) -> Any:
    plan = Plan({"base": standin.World()}, seeds)
    return execute(plan, folder, simulate=simulate, quiet=True, workers=0)


@pytest.mark.parametrize("kind", FAULTS)
def test_what_the_machine_lacks_stops_at_the_first_run(tmp_path: Path, kind: str) -> None:
    fault, words = FAULTS[kind]
    simulate = Raising(fault, range(5, 400))
    with pytest.raises(RequestError, match=words):
        run(tmp_path, simulate)
    assert simulate.calls < 10
    assert not (tmp_path / "failures.jsonl").exists()
    assert status(tmp_path).total("missing") + status(tmp_path).total("done") == 400


def test_first_runs_that_all_fail_alike_stop_it(tmp_path: Path) -> None:
    simulate = Raising(ArithmeticError("no price"), range(1, 401))
    with pytest.raises(RequestError) as caught:
        run(tmp_path, simulate)
    said = str(caught.value)
    assert said.startswith("all of the first ")
    assert "failed alike" in said
    assert f"ArithmeticError: no price ({__file__}:" in said
    assert said.endswith("; arm base, seed 1")
    assert simulate.calls < 100
    assert status(tmp_path).total("missing") == 400


@pytest.mark.parametrize("first_good", [2, 15])
def test_runs_that_fail_before_others_succeed_are_their_own(
    tmp_path: Path, first_good: int
) -> None:
    outcome = run(tmp_path, Raising(ArithmeticError("no price"), range(1, first_good)))
    assert (outcome.done, outcome.failed, outcome.missing) == (401 - first_good, first_good - 1, 0)


def test_an_arm_that_fails_alone_stops_nothing(tmp_path: Path) -> None:
    every = tuple(range(1, 101))
    worlds = {"bad": standin.World("bad", behaviour={"raise": every}), "good": standin.World()}
    outcome = execute(
        Plan(worlds, every), tmp_path, simulate=standin.simulate, quiet=True, workers=0
    )
    assert (outcome.done, outcome.failed) == (100, 100)


def test_one_run_alone_has_its_own_fault(tmp_path: Path) -> None:
    outcome = run(tmp_path, Raising(ArithmeticError("no price"), range(9)), seeds=1)
    assert (outcome.failed, outcome.missing) == (1, 0)


def test_a_user_without_home_has_a_cache_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")  # so that it is restored
    monkeypatch.setattr(compile_cache.Path, "home", homeless)
    monkeypatch.setattr(compile_cache, "_chosen", {})
    assert compile_cache.last_compiled() == 0
    said: list[str] = []
    assert compile_cache.folder(said.append).is_dir()
    assert len(said) == 1
    assert "no home folder" in said[0]
