"""One plan on every kind of executor, with seeds that raise or kill, and folders in trouble."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import standin
from folders import assert_equal, environment, plain

from sim.core.errors import RequestError
from sim.runs.chunks import remaining
from sim.runs.dispatch import dispatch
from sim.runs.execute import execute
from sim.runs.executors.managed import ManagedExecutor
from sim.runs.outcome import Outcome
from sim.runs.plan import Plan
from sim.runs.reading import read_failed, read_months, read_runs
from sim.runs.status import status
from sim.runs.work import ChunkRecord, Job

SEEDS = 40
World = standin.World


def run(folder: Path, seeds: Any = SEEDS, worlds: Any = None, **how: Any) -> Outcome:
    plan = Plan(worlds or {"base": World()}, seeds)
    return execute(plan, folder, simulate=standin.simulate, quiet=True, **{"workers": 0, **how})


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    run(folder)
    return folder


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


@pytest.mark.parametrize("workers", [0, 2])
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


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("table", ["runs", "months"])
@pytest.mark.parametrize("damage", [cut_short, flip])
def test_a_damaged_part_is_noticed_and_run_again(
    tmp_path: Path, reference: Path, table: str, damage: Callable[[Path], None]
) -> None:
    log = tmp_path / "log"
    folder = tmp_path / "out"
    worlds = {"base": World(behaviour={"log": str(log)})}
    run(folder, SEEDS, worlds)
    log.unlink()
    part = sorted((folder / table).iterdir())[1]
    damage(part)
    state = status(folder)
    assert state.damaged == 1
    outcome = run(folder, SEEDS, worlds)
    assert outcome.ran == state.total("missing") > 0
    assert [seeds for _, seeds, _ in standin.ran(log)] == [
        tuple(sorted(state.arms["base"].missing))
    ]
    assert_equal(folder, reference)


@pytest.mark.parametrize(("table", "damaged"), [("runs", 0), ("months", 1)])
def test_a_part_that_lacks_a_file_is_run_again(
    tmp_path: Path, reference: Path, table: str, damaged: int
) -> None:
    run(tmp_path)
    sorted((tmp_path / table).iterdir())[1].unlink()
    state = status(tmp_path)
    # without its runs it was never finished; without its months it has been
    assert state.damaged == damaged
    assert len(read_months(tmp_path)) == 6 * state.total("done") < 6 * SEEDS
    assert run(tmp_path).ran == state.total("missing")
    assert_equal(tmp_path, reference)


def test_a_folder_that_cannot_be_made_is_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match=r"cannot write .*file/out: Not a directory; choose"):
        run(tmp_path / "file" / "out")


def test_a_folder_without_permission_is_one_clear_message(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    if os.access(closed, os.W_OK):  # root writes anywhere, so another user must try
        if os.name != "posix" or os.getuid() != 0:
            pytest.skip("permissions are not enforced here")
        order = (
            "import os, sys\n"
            "from sim.core.errors import RequestError\n"
            "from sim.runs.layout import Folder\n"
            "os.setuid(65534)\n"
            "try: Folder(sys.argv[1]).make()\n"
            "except RequestError as error: print(error)"
        )
        text = subprocess.run(
            [sys.executable, "-c", order, str(closed / "out")],
            env=environment(), capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert text.startswith(f"cannot write {closed}/out: Permission denied; choose another")
        return
    with pytest.raises(RequestError, match="Permission denied; choose another folder"):
        run(closed / "out")


def test_parts_without_a_manifest_are_refused(tmp_path: Path) -> None:
    run(tmp_path, 5)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(RequestError, match=r"holds parts but no manifest.json"):
        run(tmp_path, 5)


def test_workers_that_cannot_start_are_told_before_any_run(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import standin\n"
        "from sim.runs.execute import execute\n"
        "from sim.runs.plan import Plan\n"
        f"execute(Plan({{'base': standin.World()}}, 9), {str(tmp_path / 'out')!r}, workers=2)\n"
    )
    text = subprocess.run(
        [sys.executable, str(script)],
        env=environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert text.returncode != 0
    assert "needs `if __name__ == '__main__':` around it" in text.stderr
    assert status(tmp_path / "out").total("missing") == 9


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
