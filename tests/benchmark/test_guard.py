"""The guard tells what got slower, and the file it compares with can be read as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.benchmark.guard import (
    COUNTED,
    HOME,
    MEANINGS,
    TIMED,
    Expected,
    calls_per_month,
    compared,
    guard,
    read_expected,
    write_expected,
)
from experiments.benchmark.timing import filled

BEFORE = {
    "core_calls": Expected(1000.0, 0.02, "calls in a month"),
    "core_over_twin_2000": Expected(0.2, 0.25, "core over twin"),
}


@pytest.mark.parametrize(("calls", "ratio"), [(1000.0, 0.2), (1020.0, 0.25), (10.0, 0.001)])
def test_what_stays_within_its_tolerance_passes(calls: float, ratio: float) -> None:
    assert compared({"core_calls": calls, "core_over_twin_2000": ratio}, BEFORE) == []


def test_a_figure_above_its_tolerance_is_named_with_by_how_much() -> None:
    said = compared({"core_calls": 1021.0, "core_over_twin_2000": 0.3}, BEFORE)
    assert said == [
        "core_calls: 1021 is 2% above the 1000 expected, allowed are 2% (calls in a month)",
        "core_over_twin_2000: 0.3 is 50% above the 0.2 expected, allowed are 25% (core over twin)",
    ]


def test_a_figure_that_only_one_side_has_does_not_pass_in_silence() -> None:
    said = compared({"core_calls": 1000.0, "new": 1.0}, BEFORE)
    assert [line.split(":")[0] for line in said] == ["core_over_twin_2000", "new"]
    assert all("--guard --write" in line for line in said)


def test_the_file_reads_as_it_was_written(tmp_path: Path) -> None:
    now = {name: 1.0 + k / 7 for k, name in enumerate(MEANINGS)}
    write_expected(now, tmp_path / "expected.csv")
    read = read_expected(tmp_path / "expected.csv")
    assert {name: was.expected for name, was in read.items()} == pytest.approx(now, rel=1e-3)
    assert compared(now, read) == []
    slower = {name: value * (1.01 + MEANINGS[name][0]) for name, value in now.items()}
    assert len(compared(slower, read)) == len(MEANINGS)


def test_the_committed_file_has_every_figure_with_its_tolerance() -> None:
    kept = read_expected(HOME)
    assert list(kept) == list(MEANINGS)
    for name, was in kept.items():
        assert (was.tolerance, was.meaning) == MEANINGS[name]
        assert was.expected > 0
    assert COUNTED < TIMED < 1


def test_calls_are_counted_and_not_timed() -> None:
    """Two simulations alike make the same calls; the books' check adds some."""
    one, other = (calls_per_month(filled("core", 50)) for _ in range(2))
    assert one == other > 100
    assert calls_per_month(filled("core", 50, check=False)) < one


def test_the_command_ends_with_1_and_says_what_got_slower(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = {name: was.expected for name, was in read_expected(HOME).items()}
    monkeypatch.setattr("experiments.benchmark.guard.measured", lambda: now)
    assert guard(write=False) == 0
    assert capsys.readouterr().err == ""
    now["core_calls"] *= 1.5
    assert guard(write=False) == 1
    said = capsys.readouterr().err
    assert said.startswith("slower: core_calls: ")
    assert said.count("\n") == 1
