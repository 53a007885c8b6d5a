"""A batch says once that code is being compiled, whoever compiles it; a quiet one says nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sim.core.compile_cache import MANY, Watch, watch
from sim.runs.compiling import LINE, noted
from sim.runs.progress import Progress


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for compiled code."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    home = tmp_path / "smelend" / "compiled"
    home.mkdir(parents=True)
    return home


def missing(watched: Watch, times: int) -> None:
    """Let so many functions not be in the cache."""
    for _ in range(times):
        watched.miss()


def test_what_this_process_compiles_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "missed", 0)
    said = io.StringIO()
    with noted(Progress(1, stream=said)) as compiling:
        missing(watch, MANY - 1)
        assert said.getvalue() == ""
        missing(watch, 2)
        compiling.report()
    assert said.getvalue() == f"{LINE}\n"
    assert compiling.say not in watch.listeners


def test_what_another_process_compiles_is_said_once() -> None:
    said = io.StringIO()
    with noted(Progress(1, stream=said)) as compiling:
        compiling.report()
        assert said.getvalue() == ""
        missing(Watch(), MANY)  # as another process would
        compiling.report()
        compiling.report()
    assert said.getvalue() == f"{LINE}\n"


def test_an_earlier_compilation_is_none_of_a_batch_s_business() -> None:
    missing(Watch(), MANY)
    said = io.StringIO()
    with noted(Progress(1, stream=said)) as compiling:
        compiling.report()
    assert said.getvalue() == ""


def test_a_quiet_batch_says_nothing() -> None:
    said = io.StringIO()
    with noted(Progress(1, stream=said, quiet=True)) as compiling:
        compiling.say()
    assert said.getvalue() == ""
