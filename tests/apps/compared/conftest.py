"""A small comparison that the tests of this folder share, and what the command said of it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import NamedTuple

import pytest

import sim.apps.batch
from sim.apps.cli import main
from tests.apps.command import BASE, HERE, OTHER, SMALL


class Comparison(NamedTuple):
    """The folder of a comparison, and what the command printed."""

    folder: Path
    quietly: str  # with `--quiet`, of the command that ran it
    printed: str  # by the same command again, without


def said(*words: object) -> str:
    """Return what a command prints; it must end well and complain of nothing."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    assert (status, err.getvalue()) == (0, "")
    return out.getvalue()


@pytest.fixture(scope="session")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Give a small comparison by the README's command: 4 seeds, 300 firms."""
    folder = tmp_path_factory.mktemp("compared") / "zhengzhou"
    words = ["compare", BASE, OTHER, "--seeds", 4, *SMALL, *HERE, "--out", folder]
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        quietly = said(*words, "--quiet")
        patch.setattr(sim.apps.batch, "report_of", lambda folder: {})
        return Comparison(folder, quietly, said(*words))


@pytest.fixture(scope="session")
def compared(comparison: Comparison) -> Path:
    """Give the folder of that comparison."""
    return comparison.folder
