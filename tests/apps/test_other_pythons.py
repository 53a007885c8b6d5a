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
WORLDS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
RUN = """
import sys
from pathlib import Path
from sim import load_scenario, simulate
folder, off, *worlds = sys.argv[1:]
settings = {"firms.count": 60, "horizon": 5, "burn_in.months": 5}
for world in worlds:
    months = simulate(load_scenario(world, settings), seeds=[3, 4]).months
    months.to_parquet(Path(folder, f"{world}.{off}.parquet"))
assert ("numba" in sys.modules) == (off == "0")
"""


def python(*words: str, **environment: str) -> str:
    """Return what another Python prints; it must succeed and say nothing on standard error."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate each world twice, with and without the compiler; return the folder of months."""
    folder = tmp_path_factory.mktemp("months")
    for off in "01":
        words = ["-c", RUN, str(folder), off, *WORLDS]
        python(*words, NUMBA_DISABLE_JIT=off, PYTHONWARNINGS="error")
    return folder


@pytest.mark.parametrize("world", WORLDS)
def test_months_are_the_same_without_the_compiler(simulated: Path, world: str) -> None:
    compiled, plain = (
        pd.read_parquet(simulated / f"{world}.{off}.parquet").select_dtypes("number")
        for off in "01"
    )
    assert compiled["gross_loans"].sum() > 0.0
    np.testing.assert_allclose(compiled, plain, rtol=1e-10, atol=1e-6)


def test_a_python_without_docstrings_runs_and_describes(tmp_path: Path) -> None:
    settings = [word for setting in SMALL for word in ("--set", setting)]
    module = ["-OO", "-m", "sim.apps.cli"]
    run = ["run", "scenarios/baseline.yaml", "--seeds", "2", "--workers", "0", "--quiet"]
    python(*module, *run, *settings, "--out", str(tmp_path / "out"), NUMBA_DISABLE_JIT="1")
    assert (tmp_path / "out" / "manifest.json").exists()
    assert "compare" in python(*module, "--help")
    for what in ("metrics", "policies", "params"):
        assert python(*module, "describe", what)
