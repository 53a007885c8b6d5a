"""Old compiled code is removed, but never what may be in use; a cache need not be writable."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from sim.core.compile_cache import IN_USE, prune

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
CALL = """
from planted import outer
from sim.core.compile_cache import watch
print(outer(2.0), watch.missed)
"""
SOURCE = """
from sim.core.compiled import compiled, elementwise

SHARE = 0.5


@elementwise
def kept(x):
    return x * SHARE


@compiled
def outer(x):
    return kept(x) + 1.0


import numpy as np
ALL = kept(np.array([2.0]))[0]
"""


def run(folder: Path, source: str, **environment: str) -> tuple[str, str]:
    """Return what a fresh process prints that calls a planted function, on either stream."""
    (folder / "planted.py").write_text(textwrap.dedent(source))
    unknown = ("NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT")
    known = {name: value for name, value in os.environ.items() if name not in unknown}
    paths = os.pathsep.join([str(folder), str(ROOT)])
    environment = {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": paths} | environment
    done = subprocess.run(
        [sys.executable, "-B", "-c", CALL], env=known | environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip(), done.stderr


def test_a_remark_compiles_nothing_and_a_constant_is_never_stale(tmp_path: Path) -> None:
    assert run(tmp_path, SOURCE) == ("2.0 3", "")
    assert run(tmp_path, SOURCE) == ("2.0 0", "")
    remarks = "# a remark\n\n" + SOURCE.replace("SHARE = ", "\n# another\nSHARE = ")
    assert run(tmp_path, remarks) == ("2.0 0", "")
    assert run(tmp_path, SOURCE.replace("SHARE = 0.5", "SHARE = 5.0")) == ("11.0 3", "")
    assert run(tmp_path, SOURCE) == ("2.0 0", "")  # and the first is still there


def test_a_cache_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    printed, said = run(tmp_path, SOURCE, XDG_CACHE_HOME=str(tmp_path / "file"))
    assert printed == "2.0 3"
    assert said.count("\n") == 1
    assert "cannot be kept" in said
    assert not Path(said.strip().rpartition(" ")[2]).exists()


def test_nothing_is_compiled_where_numba_is_told_not_to(tmp_path: Path) -> None:
    assert run(tmp_path, SOURCE, NUMBA_DISABLE_JIT="1") == ("2.0 0", "")
    assert not (tmp_path / "cache").exists()


def test_only_what_was_long_unused_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    home = tmp_path / "smelend" / "compiled"
    now = time.time()
    old = IN_USE + 3600.0
    ages = {"now/a": 60.0, "now/b": old, "old/a": old, "old/c/d": old}
    for name, age in ages.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
        os.utime(home / name, (now - age,) * 2)
    os.utime(home / "old", (now - 2 * IN_USE,) * 2)
    prune(now)
    assert {path.relative_to(home).as_posix() for path in home.rglob("*")} == {"now", "now/a"}
