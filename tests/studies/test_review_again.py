"""The review can be measured again: every finding with a number, each by a short function."""

from __future__ import annotations

import inspect

import pytest

from experiments.review.again import in_order, main, row
from experiments.review.asking import MEASURES, Asked, Figure

LONGEST = 25  # lines of a measurement
NUMBERS = [f"A{k}" for k in range(1, 19)]


def test_every_finding_with_a_number_is_measured_by_a_short_function() -> None:
    assert in_order() == NUMBERS
    for measure in MEASURES.values():
        assert len(inspect.getsource(measure).splitlines()) <= LONGEST
        assert measure.__doc__


@pytest.mark.parametrize(
    "number",
    ["A16", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("A8", "A14"))],
)
def test_a_finding_is_measured_on_small_markets(number: str) -> None:
    figures = list(MEASURES[number](Asked(seeds=2, firms=100)))
    assert figures
    assert all(figure.now == figure.now for figure in figures)


def test_the_cycle_is_read_from_the_scenario() -> None:
    (half_life, yearly) = MEASURES["A18"](Asked(seeds=1))
    assert 0.5 ** (12.0 / half_life.now) == pytest.approx(yearly.now)


def test_the_table_has_before_and_now(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "A18", "--seeds", "1"]) == 0
    assert "| A18 | half-life, months | 6.6 |" in capsys.readouterr().out
    assert (
        row("A1", Figure("drift", "-1.5", -0.25, 0.0312)) == "| A1 | drift | -1.5 | -0.25 ± 0.031 |"
    )
