"""Runs that raise, kill their worker or break the executor: recorded, and the rest goes on."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import standin
from executing import SEEDS, World, run
from folders import assert_equal, plain

from sim.core.errors import RequestError
from sim.runs.reading import read_failed, read_months, read_runs
from sim.runs.status import status


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.thorough)])
def test_runs_that_raise_are_recorded_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    worlds = {"base": World(behaviour={"raise": [3, 4, 20]}), "calm": World("calm")}
    outcome = run(tmp_path, SEEDS, worlds, workers=workers)
    assert (outcome.done, outcome.failed, outcome.missing) == (2 * SEEDS - 3, 3, 0)
    failed = read_failed(tmp_path)
    assert list(failed["seed"]) == [3, 4, 20]
    assert set(failed["arm"]) == {"base"}
    assert set(failed["kind"]) == {"raised"}
    assert failed["error"][2] == "ArithmeticError: seed 20 has no solution"
    assert "in simulate" in failed["traceback"][0]
    runs = read_runs(tmp_path)
    base = set(runs["seed"][runs["arm"] == "base"])
    assert base == set(range(1, SEEDS + 1)) - {3, 4, 20}
    months = read_months(tmp_path)
    assert len(months) == 3 * len(runs)


def test_failed_runs_are_tried_again_only_when_asked(tmp_path: Path) -> None:
    run(tmp_path, SEEDS, {"base": World(behaviour={"raise": [3]})})
    mended = {"base": World()}
    assert run(tmp_path, SEEDS, mended).ran == 0
    assert status(tmp_path).arms["base"].failed == {3}
    assert run(tmp_path, SEEDS, mended, retry_failed=True).ran == 1
    assert status(tmp_path).complete


def test_a_run_that_kills_its_worker_is_found_and_recorded(tmp_path: Path, reference: Path) -> None:
    log = tmp_path / "log"
    worlds = {"base": World(behaviour={"kill": [18], "log": str(log)})}
    outcome = run(tmp_path / "out", SEEDS, worlds, workers=2)
    assert (outcome.done, outcome.failed) == (SEEDS - 1, 1)
    failed = read_failed(tmp_path / "out")
    assert list(failed[["seed", "kind"]].itertuples(index=False, name=None)) == [(18, "crashed")]
    runs, whole = read_runs(tmp_path / "out"), read_runs(reference)
    assert runs.equals(whole[whole["seed"] != 18].reset_index(drop=True))
    assert plain(tmp_path / "out", "months")["seed"].nunique() == SEEDS - 1
    assert (("base", (18,))) in [(arm, seeds) for arm, seeds, _ in standin.ran(log)]


def test_a_run_that_kills_once_is_done_at_the_second_try(tmp_path: Path, reference: Path) -> None:
    log = tmp_path / "log"
    worlds = {"base": World(behaviour={"kill_once": [18], "log": str(log)})}
    outcome = run(tmp_path / "out", SEEDS, worlds, workers=2)
    assert (outcome.done, outcome.failed) == (SEEDS, 0)
    assert_equal(tmp_path / "out", reference)


def test_an_executor_that_breaks_ends_with_what_to_do_and_a_maker_of_them_goes_on(
    tmp_path: Path, reference: Path
) -> None:
    log = tmp_path / "log"
    worlds = {"base": World(behaviour={"kill_once": [18], "log": str(log)})}
    made = []

    def make() -> ProcessPoolExecutor:
        made.append(ProcessPoolExecutor(2, multiprocessing.get_context("forkserver")))
        return made[-1]

    with make() as pool, pytest.raises(RequestError, match="repeat the call with a new executor"):
        run(tmp_path / "out", SEEDS, worlds, workers=None, executor=pool)
    log.with_suffix(".18").unlink()
    outcome = run(tmp_path / "out", SEEDS, worlds, workers=None, executor=make)
    assert (outcome.done, outcome.failed, len(made)) == (SEEDS, 0, 3)
    assert_equal(tmp_path / "out", reference)
