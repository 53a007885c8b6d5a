"""Puts the stand-in where tests and worker processes find it, and starts a Dask cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def marked() -> Iterator[dict[str, str]]:
    """Give an environment for child processes; none that bears its mark may be left at the end."""
    mark = uuid.uuid4().hex
    from folders import environment

    yield environment() | {"SMELEND_TEST": mark}
    deadline = time.monotonic() + 10
    while (left := processes(mark)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with all runs of the usual plan."""
    folder = tmp_path_factory.mktemp("reference")
    from executing import run

    run(folder)
    return folder


def processes(mark: str) -> list[int]:
    """Return the processes with a mark in their environment (where the system shows it)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            alive = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
            if alive and mark.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return found


@pytest.fixture(scope="session")
def dask_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two worker processes on loopback, as one would by hand."""
    pytest.importorskip("distributed")
    from folders import environment

    place = tmp_path_factory.mktemp("dask")
    contact = place / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(contact)]

    def start(program: str, *words: str) -> subprocess.Popen[bytes]:
        order = [sys.executable, "-m", f"distributed.cli.{program}", *common, *words]
        return subprocess.Popen(
            order, env=environment(), cwd=place, start_new_session=True, **quiet
        )

    scheduler = start("dask_scheduler", "--port", "0")
    workers = start("dask_worker", "--nworkers", "2", "--nthreads", "1")
    try:
        from distributed import Client

        while not contact.exists() and scheduler.poll() is None:
            time.sleep(0.05)
        with Client(scheduler_file=str(contact), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            yield client.scheduler.address
    finally:
        for process in (workers, scheduler):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
