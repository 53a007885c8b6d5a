"""Months of several worlds with every index checked; compiled, it takes a minute, so CI alone does.

`python -m tests.contracts.checked_indexes FIRMS MONTHS` simulates them as the environment says:
with NUMBA_BOUNDSCHECK=1 as compiled code that checks, with NUMBA_DISABLE_JIT=1 as plain Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sim import load_scenario
from sim.core.indexing import fill
from sim.model.simulation import Simulation

ROOT = Path(__file__).parents[2]
WORLDS = (
    "experiments/benchmark/limiting.yaml",
    "scenarios/baseline.yaml",
    "scenarios/renewals.yaml",
    "scenarios/two_banks.yaml",
    "scenarios/zhengzhou/optimised.yaml",
)


def main(firms: int, months: int) -> None:
    """Print each world that ended well, after a proof that indexes are checked at all."""
    try:
        fill(np.zeros(3), np.array([3]), 1.0)
    except IndexError:
        print("checked")
    for path in WORLDS:
        size = {"firms.count": firms, "burn_in.months": months, "horizon": months}
        Simulation(load_scenario(ROOT / path, size), [1, 2]).run()
        print("simulated", path)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
