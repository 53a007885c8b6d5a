"""A small study and a small comparison, whose names would do harm, each with its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.apps.cli import main
from sim.results.folder import read_results
from sim.results.half_page.facts import Facts, facts_of
from tests.report.idle_game import idle_study
from tests.report.malice import write_scenarios, write_study

HERE = ["--workers", "0", "--quiet"]


def carried_out(*words: object) -> None:
    assert main([str(word) for word in words]) == 0


@pytest.fixture(scope="session")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a finished study of 2 seeds."""
    home = tmp_path_factory.mktemp("studied")
    folder = home / "my $(results)"
    carried_out("study", write_study(home), "--seeds", 2, *HERE, "--out", folder)
    return folder


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a comparison of 3 seeds."""
    home = tmp_path_factory.mktemp("compared")
    folder = home / "results"
    carried_out("compare", *write_scenarios(home), "--seeds", 3, *HERE, "--out", folder)
    return folder


@pytest.fixture(scope="session")
def idled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a game of a study in which one of three measures does nothing."""
    return idle_study(tmp_path_factory.mktemp("idle"))


@pytest.fixture(scope="module")
def found(idled: Path) -> Facts:
    """Give the facts of the half page of that game."""
    facts = facts_of(read_results(idled))
    assert facts is not None
    return facts
