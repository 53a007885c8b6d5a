"""The same plan on a real Dask scheduler with two worker processes on loopback."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import standin
from folders import assert_equal

from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.reading import read_failed, read_runs
from sim.runs.version import model_version
from sim.runs.work import Job, work

pytest.importorskip("distributed")
SEEDS = 1_000


def run(folder: Path, seeds: int, world: standin.World, **how: object) -> object:
    plan = Plan({"base": world}, seeds)
    return execute(plan, folder, simulate=standin.simulate, quiet=True, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    run(folder, SEEDS, standin.World(), workers=0)
    return folder


@pytest.mark.thorough
def test_dask_gives_the_same_also_when_a_worker_is_killed_in_the_middle(
    tmp_path: Path, dask_address: str, reference: Path
) -> None:
    log = tmp_path / "log"
    killed = []

    def kill_one() -> None:
        while len(standin.ran(log)) < 12:
            time.sleep(0.005)
        killed.append(standin.ran(log)[-1][2])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    world = standin.World(behaviour={"log": str(log), "sleep": 0.02})
    run(tmp_path / "out", SEEDS, world, dask=dask_address)
    killer.join()
    assert_equal(tmp_path / "out", reference)
    pids = {pid for _, _, pid in standin.ran(log)}
    assert len(pids) >= 2
    assert os.getpid() not in pids
    assert killed[0] in pids


def allow(deaths: int, dask_scheduler: Any) -> None:
    dask_scheduler.allowed_failures = deaths


@pytest.mark.thorough
def test_a_run_that_kills_dask_workers_is_found_and_recorded(
    tmp_path: Path, dask_address: str, reference: Path
) -> None:
    from distributed import Client

    with Client(dask_address, set_as_default=False) as client:
        # Dask gives up at the fourth death by default; once is enough to see what we make of it
        client.run_on_scheduler(allow, 0)
        try:
            world = standin.World(firms=standin.Firms(32_768), behaviour={"kill": [2]})
            run(tmp_path, 8, world, dask=dask_address)
        finally:
            client.run_on_scheduler(allow, 3)
    failed = read_failed(tmp_path)
    assert list(zip(failed["seed"], failed["kind"], strict=True)) == [(2, "crashed")]
    whole = read_runs(reference)
    wanted = whole[whole["seed"].isin({1, 3, 4, 5, 6, 7, 8})].reset_index(drop=True)
    assert read_runs(tmp_path).equals(wanted)


def test_no_scheduler_is_one_clear_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.executors.cluster.CONNECT_TIMEOUT", 1.0)
    with pytest.raises(RequestError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        run(tmp_path, 2, standin.World(), dask="tcp://127.0.0.1:9")


def elsewhere(folder: Path) -> Job:
    """Return a chunk whose folder the driver did not make."""
    return Job("base", standin.World(), (1,), str(folder), "claim", model_version())


NOT_SHARED = "workers need the folder on a shared disk"


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=NOT_SHARED):
        work(elsewhere(tmp_path / "elsewhere"))


@pytest.mark.thorough
def test_what_a_dask_worker_says_of_the_folder_comes_back(
    tmp_path: Path, dask_address: str
) -> None:
    from distributed import Client

    with (
        Client(dask_address, set_as_default=False) as client,
        pytest.raises(RequestError, match=NOT_SHARED),
    ):
        client.submit(work, elsewhere(tmp_path / "elsewhere"), pure=False).result()
