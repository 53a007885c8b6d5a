"""Compiled code stays within its columns: months of several worlds with every index checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORLDS = (
    "experiments/benchmark/limiting.yaml",
    "scenarios/baseline.yaml",
    "scenarios/two_banks.yaml",
    "scenarios/zhengzhou/optimised.yaml",
)
LIVED = """
import sys
import numpy as np
from sim import load_scenario
from sim.core.compiled import compiled
from sim.core.indexing import fill
from sim.model.simulation import Simulation

try:
    fill(np.zeros(3), np.array([3]), 1.0)
except IndexError:
    print("checked")
for path in sys.argv[1:]:
    size = {"firms.count": 600, "burn_in.months": 14, "horizon": 16}
    Simulation(load_scenario(path, size), [1, 2]).run()
    print("lived", path)
"""


def test_no_index_leaves_its_column(tmp_path: Path) -> None:
    # compiled anew, with a check at every index, in a process and a cache of its own
    checked = {"NUMBA_BOUNDSCHECK": "1", "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    inherited = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", LIVED, *WORLDS],
        cwd=ROOT, env=inherited | checked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    expected = ["checked", *(f"lived {path}" for path in WORLDS)]
    assert done.stdout.splitlines() == expected, done.stderr
