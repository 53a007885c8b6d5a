"""Runs the command line in this process, and a small comparison that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.apps.cli import main
from tests.apps.command import BASE, HERE, OTHER, SMALL, Said, Smelend


@pytest.fixture(autouse=True)
def no_width_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the width that a test runner may have left behind: a pipe asks for none."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def smelend(capsys: pytest.CaptureFixture[str]) -> Smelend:
    """Give the command as a function of its words."""

    def command(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Said(status, *capsys.readouterr())

    return command


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small comparison by the README's command: 4 seeds, 200 firms."""
    folder = tmp_path_factory.mktemp("compared") / "zhengzhou"
    words = ["compare", BASE, OTHER, "--seeds", 4, *SMALL, *HERE, "--out", folder, "--quiet"]
    assert main([str(word) for word in words]) == 0
    return folder
