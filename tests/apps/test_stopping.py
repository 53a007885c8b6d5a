"""Ctrl-C, the program's own faults and books that do not balance end as promised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from sim.apps.ending import ended
from sim.core.errors import BooksError, RequestError
from tests.apps.command import PLAIN, ROOT


def raising(fault: BaseException):
    def command() -> None:
        raise fault

    return command


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (RequestError("a.yaml:1:2: wrong"), 2, "a.yaml:1:2: wrong\n"),
        (RequestError("two\nlines"), 2, "two lines\n"),
        (
            BooksError("off by 3"),
            1,
            "the books do not balance, a program error: off by 3\n",
        ),
        (KeyboardInterrupt(), 130, "stopped; repeat the command to go on\n"),
        (typer.Exit(7), 7, ""),
    ],
)
def test_each_end_has_its_status_and_at_most_one_line(
    fault: BaseException, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(raising(fault)) == status
    assert capsys.readouterr() == ("", words)


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        ended(raising(ZeroDivisionError("a bug")))


@pytest.mark.skipif(os.name != "posix", reason="signals to a process group")
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    # one worker beside this process, since compiled code now and then swallows a first Ctrl-C
    words = f"run {PLAIN} --seeds 20000 --workers 1 --out {tmp_path}"
    words += " --set firms.count=200 --set burn_in.months=0"
    running = subprocess.Popen(
        [sys.executable, "-m", "sim.apps.cli", *words.split()],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 120
        while not list((tmp_path / "runs").glob("*.parquet")) and time.monotonic() < end:
            assert running.poll() is None
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, out) == (130, "")
    last = err.splitlines()[-1]
    assert last.startswith(f"stopped; {tmp_path}: ")
    assert last.endswith("; repeat the command to go on")
    assert "Traceback" not in err
