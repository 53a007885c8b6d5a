"""Old caches of compiled code are removed, but never one that somebody may be running."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sim.core.compiled import IN_USE, KEPT, cache_folder


def test_only_caches_long_unused_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    home = tmp_path / "smelend" / "compiled"
    recent = {f"recent{k}": 60.0 * k for k in range(KEPT + 2)}
    old = {f"old{k}": IN_USE + 3600.0 * (k + 1) for k in range(3)}
    for name, age in (recent | old).items():
        (home / name).mkdir(parents=True)
        os.utime(home / name, (time.time() - age,) * 2)
    chosen = Path(cache_folder("1.0"))
    assert {path.name for path in home.iterdir()} == {chosen.name, *recent}


def test_a_few_old_caches_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    folder = tmp_path / "smelend" / "compiled" / "earlier"
    folder.mkdir(parents=True)
    os.utime(folder, (time.time() - 2 * IN_USE,) * 2)
    cache_folder("1.0")
    assert folder.exists()
