"""The same answers without the compiler, and with a Python that drops docstrings and assertions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
SMALL = ["firms.count=40", "horizon=4", "burn_in.months=4"]
RUN = """
import sys
from sim import load_scenario, simulate
settings = {"firms.count": 60, "horizon": 5, "burn_in.months": 5}
simulate(load_scenario(sys.argv[1], settings), seeds=[3, 4]).months.to_parquet(sys.argv[2])
assert ("numba" in sys.modules) == (sys.argv[3] == "0")
"""


def python(*words: str, **environment: str) -> str:
    """Return what another Python prints; it must succeed and say nothing on standard error."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("world", ["baseline", "competing_quotes"])
def test_months_are_the_same_without_the_compiler(tmp_path: Path, world: str) -> None:
    months = []
    for off in "01":
        file = tmp_path / f"{off}.parquet"
        words = ["-c", RUN, f"scenarios/{world}.yaml", str(file), off]
        python(*words, NUMBA_DISABLE_JIT=off, PYTHONWARNINGS="error")
        months.append(pd.read_parquet(file).select_dtypes("number"))
    assert months[0]["gross_loans"].sum() > 0.0
    np.testing.assert_allclose(months[0], months[1], rtol=1e-9, atol=1e-6)


def test_a_python_without_docstrings_runs_and_describes(tmp_path: Path) -> None:
    settings = [word for setting in SMALL for word in ("--set", setting)]
    module = ["-OO", "-m", "sim.apps.cli"]
    run = ["run", "scenarios/baseline.yaml", "--seeds", "2", "--workers", "0", "--quiet"]
    python(*module, *run, *settings, "--out", str(tmp_path / "out"), NUMBA_DISABLE_JIT="1")
    assert (tmp_path / "out" / "manifest.json").exists()
    assert "compare" in python(*module, "--help")
    for what in ("metrics", "policies", "params"):
        assert python(*module, "describe", what)
