"""A full or closed output, and Ctrl-C at any time: one line, the right status, no traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from sim.apps.cli import main
from sim.apps.ctrl_c import CtrlC
from sim.apps.ending import ended
from sim.core.presses import ONCE
from tests.apps.command import ROOT

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
SAID = "cannot write the output: No space left on device; files written so far are kept\n"


def said_with(
    stdout: TextIO | None, monkeypatch: pytest.MonkeyPatch, *words: str
) -> tuple[int, str]:
    """Return the status of a command with another output, and its standard error."""
    errors = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", errors)
        status = main(words) if words else ended(lambda: print("text"))
    return status, errors.getvalue()


@full
@pytest.mark.parametrize("words", [(), ("describe", "metrics"), ("--help",), ("--version",)])
def test_a_full_output_is_one_line(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    with FULL.open("w") as stdout:
        assert said_with(stdout, monkeypatch, *words) == (2, SAID)


@full
def test_a_full_error_stream_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FULL.open("w", buffering=1) as stderr, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stderr)
        assert main(["validate", "baseline", "nosuch"]) == 2
    assert capsys.readouterr().out.startswith("baseline: ok, ")


def test_a_closed_output_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_with(None, monkeypatch, "describe", "metrics") == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="closes file descriptors")
def test_no_file_takes_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    order = "import sys; from sim.apps.cli import main; status = main(sys.argv[1:]); " + (
        "file = open('made', 'w'); sys.exit(status if file.fileno() > 2 else 99)"
    )
    command = [sys.executable, "-c", order, "--version"]
    script = 'exec "$@" <&- >&- 2>&-'
    ended = subprocess.run(
        ["sh", "-c", script, "sh", *command],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0


def test_a_second_press_soon_after_is_taken_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("sim.core.presses.time.monotonic", lambda: clock[0])
    press = CtrlC()
    press.loading = False
    with pytest.raises(KeyboardInterrupt):
        press(2, None)
    clock[0] += ONCE / 2
    press(2, None)
    clock[0] += ONCE * 2
    with pytest.raises(KeyboardInterrupt):
        press(2, None)


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_while_the_program_loads_is_one_line() -> None:
    order = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from sim.apps.ctrl_c import stoppable\n"
        "stoppable(lambda: os.kill(os.getpid(), signal.SIGINT))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", order], capture_output=True, text=True, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "stopped\n")
