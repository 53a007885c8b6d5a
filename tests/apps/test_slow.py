"""A command that is silent for long says what it is at."""

from __future__ import annotations

import io
import sys
import time

import pytest

from sim.apps.slow import said_if_slow


def said(monkeypatch: pytest.MonkeyPatch, seconds: float, quiet: bool = False) -> str:
    errors = io.StringIO()
    monkeypatch.setattr(sys, "stderr", errors)
    with said_if_slow("drawing figures", quiet=quiet, after=0.05):
        time.sleep(seconds)
    time.sleep(0.1)
    return errors.getvalue()


def test_it_speaks_once_and_only_where_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, 0.3) == "drawing figures\n"
    assert said(monkeypatch, 0.0) == ""
    assert said(monkeypatch, 0.3, quiet=True) == ""


def test_a_closed_stream_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = io.StringIO()
    errors.close()
    monkeypatch.setattr(sys, "stderr", errors)
    with said_if_slow("drawing figures", after=0.01):
        time.sleep(0.1)
    monkeypatch.setattr(sys, "stderr", None)
    with said_if_slow("drawing figures", after=0.01):
        time.sleep(0.1)
