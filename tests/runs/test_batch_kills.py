"""Drivers and workers that are killed, on real processes: nothing is lost, nothing is left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import standin
from folders import assert_equal

from sim.core.errors import RequestError
from sim.runs.chunks import cut
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.status import status

HERE = Path(__file__).parent
SEEDS = 2_000
CHUNKS = {chunk.seeds for chunk in cut(Plan({"base": standin.World()}, SEEDS))}
linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the plan of these tests without any disturbance, in this process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    plan = Plan({"base": standin.World()}, SEEDS)
    execute(plan, folder, workers=0, simulate=standin.simulate, quiet=True)
    return folder


class Driver:
    """A driver in its own process group, with the folder and log that it writes."""

    def __init__(self, place: Path, env: dict[str, str], sleep: float, *more: str):
        self.folder, self.log = place / "out", place / "log"
        words = [self.folder, self.log, SEEDS, sleep, *more]
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "driver.py"), *map(str, words)],
            env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    def until(self, what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not what():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def parts(self) -> int:
        return len(list((self.folder / "runs").glob("*.parquet")))

    def end(self) -> tuple[int, str, str]:
        """Wait for the driver and all that hold its output; return status, output, errors."""
        words, errors = self.process.communicate(timeout=60)
        return self.process.returncode, words, errors


@linux
@pytest.mark.thorough
@pytest.mark.parametrize("shares", [(2,), (4, 2)])
def test_killed_drivers_and_a_killed_worker_lose_nothing(
    tmp_path: Path, marked: dict[str, str], undisturbed: Path, shares: tuple[int, ...]
) -> None:
    for enough in (len(CHUNKS) // share for share in shares):
        driver = Driver(tmp_path, marked, 0.01)
        driver.until(lambda: driver.parts() >= enough)  # noqa: B023 - called in this turn
        driver.process.kill()
        driver.end()
    done_before = status(driver.folder).arms["base"].done
    assert SEEDS / 3 <= len(done_before) < SEEDS

    driver.log.unlink()
    driver = Driver(tmp_path, marked, 0.01)
    driver.until(lambda: len(standin.ran(driver.log)) > 20)
    os.kill(standin.ran(driver.log)[-1][2], signal.SIGKILL)
    code, words, errors = driver.end()
    assert code == 0, errors
    assert f"{SEEDS:,} of {SEEDS:,} runs done" in words

    assert_equal(driver.folder, undisturbed)
    calls = [seeds for _, seeds, _ in standin.ran(driver.log)]
    assert set(calls) == {seeds for seeds in CHUNKS if not done_before.issuperset(seeds)}
    # only the suspects of one death were run twice: at most two at work and two that waited
    assert len(calls) - len(set(calls)) <= 4


@linux
@pytest.mark.parametrize(
    ("whole_group", "presses", "parts"),
    [
        (True, 2, 3),
        pytest.param(False, 1, 3, marks=pytest.mark.thorough),
        pytest.param(True, 1, 3, marks=pytest.mark.thorough),
        pytest.param(True, 2, 0, marks=pytest.mark.thorough),
    ],
)
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(
    tmp_path: Path, marked: dict[str, str], whole_group: bool, presses: int, parts: int
) -> None:
    driver = Driver(tmp_path, marked, 0.05)
    # the manifest is there before the workers, so without parts this is while they start
    started = driver.folder / "manifest.json"
    driver.until(lambda: started.exists() and driver.parts() >= parts)
    send = os.killpg if whole_group else os.kill  # a terminal sends it to the whole group
    for _ in range(presses):
        time.sleep(0.02)
        send(driver.process.pid, signal.SIGINT)
    code, words, errors = driver.end()
    assert code in (130, -signal.SIGINT)  # a shell shows 130 for both
    assert "repeat the command to go on" in words
    assert "Traceback" not in errors
    state = status(driver.folder)
    assert (state.finished, state.damaged) == (None, 0)
    text = re.search(r": (\d+) of 2,000 runs done", words)
    assert text is not None
    # a part may have been finished just before its record came in
    assert int(text[1]) <= state.total("done") < SEEDS
    assert list((driver.folder / ".unfinished").iterdir()) == []


@linux
def test_a_second_driver_is_refused_while_the_first_one_works(
    tmp_path: Path, marked: dict[str, str]
) -> None:
    first = Driver(tmp_path, marked, 0.05)
    first.until(lambda: first.parts() >= 1)
    said = f"is being written by process {first.process.pid} on"
    plan = Plan({"base": standin.World()}, SEEDS)
    with pytest.raises(RequestError, match=said):
        execute(plan, first.folder, workers=0, simulate=standin.simulate, quiet=True)
    assert first.process.poll() is None
    first.process.kill()
    first.end()


@linux
@pytest.mark.thorough
def test_a_full_disk_ends_with_one_message_and_nothing_half_written(
    tmp_path: Path, marked: dict[str, str]
) -> None:
    # the kernel refuses to make any file longer than this, as it would on a full disk
    driver = Driver(tmp_path, marked | {"STANDIN_LONGEST_FILE": "4000"}, 0.0)
    code, words, errors = driver.end()
    assert (code, errors) == (2, "")
    assert words.count("\n") == 1
    assert "cannot write" in words
    assert "File too large" in words
    assert driver.parts() == 0
    assert list((driver.folder / "months").iterdir()) == []
    assert list((driver.folder / ".unfinished").iterdir()) == []
    assert status(driver.folder).total("missing") == SEEDS
