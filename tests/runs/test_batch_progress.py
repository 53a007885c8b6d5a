"""Progress: when it speaks, and what it says."""

from __future__ import annotations

import io

import pytest

from sim.runs.progress import Progress, spoken


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Hours:
    """A clock that the test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(stream: io.StringIO, seconds: int, per_second: int = 10, **how: bool) -> str:
    """Return what is written while runs come in for so many seconds."""
    clock = Hours()
    progress = Progress(1_000, stream=stream, clock=clock, **how)
    for _ in range(4 * seconds):
        clock.now += 0.25
        if clock.now.is_integer():
            progress.count(per_second - 1, 1)
        progress.show()
    progress.end()
    return stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_a_short_job_says_nothing(stream: io.StringIO) -> None:
    assert shown(stream, 1) == ""


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_says_nothing(stream: io.StringIO) -> None:
    assert shown(stream, 30, quiet=True) == ""


def test_plain_lines_come_every_few_seconds_without_control_characters() -> None:
    text = shown(io.StringIO(), 30)
    lines = text.splitlines()
    assert 5 <= len(lines) <= 6
    assert text.isprintable() or set(text) - set("\n") == {c for c in text if c.isprintable()}
    # 10 runs a second: after 12 s there are 120 and 880 to go, which takes 88 s
    assert lines[2] == "120 of 1,000 runs, 12 failed, 10 runs/s, 88 s left"


def test_a_line_names_its_stage() -> None:
    progress = Progress(32, stage="same rate, 1", stream=io.StringIO(), clock=Hours())
    progress.count(12, 0)
    assert progress.line().startswith("same rate, 1: 12 of 32 runs, ")


def test_plain_lines_are_rare_while_no_run_ends() -> None:
    clock, stream = Hours(), io.StringIO()
    progress = Progress(64, stream=stream, clock=clock)
    for _ in range(100):
        clock.now += 1.0
        progress.show()
    assert stream.getvalue() == 4 * "0 of 64 runs\n"  # after 2, 32, 62 and 92 seconds
    progress.count(2, 0)
    progress.show()
    clock.now += 5.0
    progress.show()
    assert stream.getvalue().count("2 of 64 runs") == 1


def test_a_terminal_gets_one_line_that_is_cleared_at_the_end() -> None:
    text = shown(Terminal(), 30)
    assert "\n" not in text
    assert text.endswith("\r\x1b[K")
    last = text.split("\r")[-2]
    assert last.count("█") == 24 * 290 // 1_000 or last.count("█") == 24 * 300 // 1_000


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (88, "88 s"), (120, "2 min"), (5_300, "88 min"), (12_000, "3 h 20 min")],
)
def test_times_are_said_as_people_do(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
