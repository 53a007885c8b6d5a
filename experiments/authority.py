"""Measure how often branches of several sizes lose their authority to lend, and print a table.

Run as `python -m experiments.authority --seeds 801 816`.  The same seeds live in markets of each
size, in a calm economy and under the base case's slow worsening, with and without the allowance
for chance (`capital.tolerance_errors`).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence

import numpy as np

from sim import simulate
from sim.core.arrays import Floats
from sim.scenario.loading import load_scenario

SIZES = (300, 1_000, 3_000, 10_000)  # firms
SCENARIOS = ("calm", "baseline")
ERRORS = "banks.main.capital.tolerance_errors"
OUTCOMES = ("authority_lost", "approval_rate", "default_rate", "npl_ratio_mean")
AT_ONCE = 8  # seeds


def outcomes(name: str, settings: dict[str, float], seeds: Sequence[int]) -> Floats:
    """Return each of `OUTCOMES` by seed, (outcomes, seeds)."""
    parts = []
    for start in range(0, len(seeds), AT_ONCE):
        scenario = load_scenario(name, settings)
        summary = simulate(scenario, seeds=list(seeds[start : start + AT_ONCE])).summary
        parts.append(np.array([summary[outcome] for outcome in OUTCOMES]))
    return np.concatenate(parts, axis=1)


def main() -> None:
    """Simulate and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", type=int, nargs=2, default=(801, 816), metavar=("FIRST", "LAST"))
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--errors", type=float, nargs="+", default=(0.0, 2.0))
    given = asked.parse_args()
    seeds = range(given.seeds[0], given.seeds[1] + 1)
    print(
        f"{'scenario':<10}{'errors':>7}{'firms':>8}"
        + "".join(f"{outcome:>24}" for outcome in OUTCOMES)
    )
    for name in SCENARIOS:
        for errors in given.errors:
            for size in given.sizes:
                found = outcomes(name, {ERRORS: errors, "firms.count": size}, seeds)
                mean, half = found.mean(axis=1), found.std(axis=1, ddof=1) / math.sqrt(len(seeds))
                cells = (f"{m:.4f} ± {2 * h:.4f}" for m, h in zip(mean, half, strict=True))
                print(f"{name:<10}{errors:>7g}{size:>8,}" + "".join(f"{c:>24}" for c in cells))


if __name__ == "__main__":
    main()
