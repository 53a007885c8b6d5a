"""One plan on every kind of executor, and folders that grow or are of another plan."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import standin
from executing import SEEDS, World, run
from folders import assert_equal, plain

from sim.core.errors import RequestError
from sim.runs.chunks import remaining
from sim.runs.dispatch import dispatch
from sim.runs.executors.managed import ManagedExecutor
from sim.runs.plan import Plan
from sim.runs.reading import read_runs
from sim.runs.status import status
from sim.runs.work import ChunkRecord, Job


def test_the_tables_hold_what_the_simulator_gave(reference: Path) -> None:
    given = standin.simulate(World(), seeds=list(range(1, SEEDS + 1)))
    for table, frame in {"runs": given.summary, "months": given.months}.items():
        keys = [key for key in ("seed", "bank", "month") if key in frame]
        wanted = frame.sort_values(keys, ignore_index=True)
        stored = plain(reference, table)
        assert list(stored.columns) == ["arm", *keys, *frame.columns.difference(keys, sort=False)]
        assert (stored["arm"] == "base").all()
        for column in frame.columns:
            assert stored[column].equals(wanted[column].astype(stored[column].dtype)), column


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_gives_the_same(
    tmp_path: Path, reference: Path, workers: int
) -> None:
    outcome = run(tmp_path, workers=workers)
    assert (outcome.done, outcome.ran, outcome.failed) == (SEEDS, SEEDS, 0)
    assert_equal(tmp_path, reference)


def test_any_executor_gives_the_same_and_stays_open(tmp_path: Path, reference: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        run(tmp_path, workers=None, executor=threads)
        assert threads.submit(int, "3").result() == 3
    assert_equal(tmp_path, reference)


def test_repeating_runs_nothing_and_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.is_file()}
    assert run(tmp_path).ran == 0
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.is_file()}
    assert {path.name for path in before} > {"manifest.json"}
    assert {p: t for p, t in after.items() if p.name != ".lock"} == {
        p: t for p, t in before.items() if p.name != ".lock"
    }


def test_more_seeds_and_more_arms_extend_a_folder(tmp_path: Path, reference: Path) -> None:
    log = tmp_path / "log"
    worlds = {"base": World(behaviour={"log": str(log)})}
    folder = tmp_path / "out"
    run(folder, 25, worlds)
    assert run(folder, SEEDS, worlds).ran == SEEDS - 25
    assert_equal(folder, reference)
    other = {**worlds, "high": World("high", level=0.08, behaviour={"log": str(log)})}
    assert run(folder, SEEDS, other).ran == SEEDS
    text = [(arm, seed) for arm, seeds, _ in standin.ran(log) for seed in seeds]
    assert len(text) == len(set(text)) == 2 * SEEDS
    assert set(read_runs(folder)["arm"]) == {"base", "high"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"worlds": {"base": World(level=0.05)}}, "level was 0.04 and is 0.05"),
        ({"worlds": {"other": World()}}, "holds the arm 'base', which is not requested"),
        ({"seeds": 39}, "holds seeds 1-40, requested are 1-39"),
        ({"seeds": "2-41"}, "holds seeds 1-40, requested are 2-41"),
    ],
)
def test_another_plan_is_never_mixed_in(reference: Path, change: Any, words: str) -> None:
    files = sorted(reference.rglob("*.parquet"))
    with pytest.raises(RequestError, match=words) as caught:
        run(reference, **change)
    assert "choose another folder" in str(caught.value)
    assert sorted(reference.rglob("*.parquet")) == files
    assert status(reference).complete


def test_another_model_version_is_never_mixed_in(tmp_path: Path) -> None:
    run(tmp_path, 5)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"model": "0.0+other"}))
    with pytest.raises(RequestError, match=r"runs used model version 0.0\+other, this is"):
        run(tmp_path, 5)
    with pytest.raises(RequestError, match="does not belong to this folder's manifest"):
        read_runs(tmp_path)


class Idle(ManagedExecutor):
    """Answers every job at once without doing it."""

    def submit(self, call: Any, /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(ChunkRecord(args[0].arm, args[0].seeds))
        return future


def test_the_driver_holds_no_more_jobs_and_records_for_more_runs(tmp_path: Path) -> None:
    world = World(firms=standin.Firms(100_000))  # so large that each seed is a chunk
    alive: set[int] = set()
    most = 0

    def jobs() -> Iterator[Job]:
        nonlocal most
        for chunk in remaining(Plan({"base": world}, 3_000), {}):
            job = Job(chunk.arm, world, chunk.seeds, str(tmp_path), "", "")
            alive.add(chunk.seeds[0])
            weakref.finalize(job, alive.discard, chunk.seeds[0])
            most = max(most, len(alive))
            yield job

    managed = Idle()
    assert sum(len(record.done) for record in dispatch(jobs(), managed) if record) == 3_000
    assert most <= managed.window + 2  # one is being made and one may be in hand
