"""The commands of docs/two_borrowers.md still find firms with the traits of the thesis's cases."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sim.analysis.instructive import picked
from sim.model.detail.following import follow, recorded
from sim.model.detail.life import Life
from sim.scenario.loading import load_scenario

pytestmark = pytest.mark.thorough

PAGE = Path(__file__).parents[2] / "docs" / "two_borrowers.md"
COMMANDS = [
    shlex.split(line)
    for line in re.findall(r"^smelend trace .*$", PAGE.read_text("utf-8"), re.MULTILINE)
]


def told(command: list[str], option: str) -> str:
    return command[command.index(option) + 1]


@pytest.fixture(scope="module")
def lives() -> dict[str, tuple[pd.Series, Life]]:
    """Return by rule the loan that a command of the page picks, and its firm's life."""
    return dict(_lives())


def _lives() -> Iterator[tuple[str, tuple[pd.Series, Life]]]:
    for command in COMMANDS:
        scenario, seed = load_scenario(command[2]), int(told(command, "--seed"))
        rule = told(command, "--pick")
        found = picked(recorded(scenario, seed)[0], rule)
        assert found.loan is not None
        yield rule, (found.loan, follow(scenario, seed, found.slot, found.generation))


def months_of(life: Life, kind: str) -> list[int]:
    return [event.month for event in life.events if event.kind == kind]


def test_the_page_has_both_cases() -> None:
    assert [told(command, "--pick") for command in COMMANDS] == ["unwatched", "deceived"]
    assert {command[2] for command in COMMANDS} == {"l_branch/baseline"}


def test_case_1_is_an_honest_firm_that_nobody_watches(
    lives: dict[str, tuple[pd.Series, Life]],
) -> None:
    loan, life = lives["unwatched"]
    assert not loan["falsified"]
    assert loan["quality"] < 0.0
    assert loan["granted"] <= loan["diverted"] < loan["default_month"]
    assert loan["default_month"] in months_of(life, "default")
    watched = [
        month
        for month in months_of(life, "warning")
        if loan["granted"] <= month < loan["default_month"]
    ]
    assert watched == []


def test_case_2_is_a_lie_that_nobody_checks(lives: dict[str, tuple[pd.Series, Life]]) -> None:
    loan, life = lives["deceived"]
    assert loan["falsified"]
    assert not loan["caught"]
    assert loan["pd"] < 0.5 * loan["true_pd"]
    assert loan["default_month"] in months_of(life, "default")
    assert months_of(life, "diverted") == []
