"""Runs the command line in this process, with and without its figures."""

from __future__ import annotations

import pytest

import sim.apps.batch
import sim.apps.figures
from sim.apps.cli import main
from sim.runs.compiling import Compiling
from tests.apps.command import Said, Smelend


@pytest.fixture(autouse=True)
def no_width_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the width that a test runner may have left behind: a pipe asks for none."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def nothing_said_of_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no command say that code is compiled, which another worker of the tests may be doing."""
    monkeypatch.setattr(Compiling, "say", lambda self: None)


@pytest.fixture
def smelend(capsys: pytest.CaptureFixture[str]) -> Smelend:
    """Give the command as a function of its words."""

    def command(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Said(status, *capsys.readouterr())

    return command


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no report and no figures: they take seconds, and have tests of their own."""
    monkeypatch.setattr(sim.apps.batch, "report_of", lambda folder: {})
    monkeypatch.setattr(sim.apps.figures, "draw", lambda folder: {})
