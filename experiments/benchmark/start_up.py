"""What a new process costs: seconds to its first month and for all, and its peak memory.

`python -m experiments.benchmark.start_up MODEL FIRMS MONTHS` measures itself and prints one line of
JSON; `fresh` starts such a process.  MODEL is twin, core or full.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MEMORY = {"twin": 20_000, "core": 200_000, "full": 200_000}  # firms
SMALL, FEW = 1_000, 6  # firms and months that memory is measured from and for


class Fresh(NamedTuple):
    """What one fresh process reported."""

    importing: float  # seconds
    first_month: float  # seconds, building and compiling with it
    months: float  # seconds of all months, building and compiling with them
    wall: float  # seconds on the wall, of everything
    peak: int  # bytes


def fresh(model: str, firms: int, months: int, cache: str | None = None) -> Fresh:
    """Run `months` in a new process; `cache` is a folder for compiled code instead of the usual.

    Call this while the calling process is small: some systems count its memory as the child's.
    """
    place = {} if cache is None else {"NUMBA_CACHE_DIR": cache}
    output = subprocess.run(
        [sys.executable, "-m", __name__, model, str(firms), str(months)],
        cwd=ROOT, env=os.environ | place, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Fresh(**json.loads(output.stdout))


def main() -> None:
    """Measure this process."""
    model, firms, months = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    wall, begun = time.perf_counter(), time.process_time()
    if model == "twin":
        from experiments.benchmark.twin import Market

        imported = time.process_time()
        run_month = Market(firms, rng=1).step
    else:
        from experiments.benchmark.timing import core_and_full
        from sim import load_scenario
        from sim.model.simulation import Simulation

        imported = time.process_time()
        scenario = load_scenario(core_and_full(model), {"firms.count": firms})
        run_month = Simulation(scenario, [1]).advance
    run_month()
    simulated = time.process_time()
    for _ in range(months - 1):
        run_month()
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    ended = time.process_time()
    print(
        json.dumps(
            Fresh(
                imported - begun, simulated - imported, ended - imported,
                time.perf_counter() - wall, peak,
            )._asdict()
        )
    )  # fmt: skip


def print_start_up() -> None:
    """Print what a new process of either model costs, and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        cold = fresh("full", 2_000, 24, folder)
        warm = fresh("full", 2_000, 24, folder)
    rows = {
        "plain Mesa model": fresh("twin", 2_000, 24),
        "full month, nothing compiled yet": cold,
        "full month, compiled before": warm,
    }
    print(f"{'Fresh process, 2,000 firms':<42}{'import s':>10}{'first month s':>16}", end="")
    print(f"{'24 months: peak MB':>22}")
    for name, found in rows.items():
        print(
            f"  {name:<40}{found.importing:>10.2f}{found.first_month:>16.2f}"
            f"{found.peak / 1e6:>22,.0f}"
        )
    print("Memory: bytes a firm, growth of the peak")
    for model, firms in MEMORY.items():
        more = fresh(model, firms, FEW).peak - fresh(model, SMALL, FEW).peak
        print(f"  {model:<40}{more / (firms - SMALL):>10,.0f}")


def print_nation(sizes: list[tuple[int, int]]) -> None:
    """Print what populations of a nation's size take, given as firms and months."""
    print(f"\n{'At the size of a nation, books checked':<38}{'firms':>13}{'months':>8}", end="")
    print(f"{'processor s':>14}{'wall s':>9}{'peak GB':>10}")
    for firms, months in sizes:
        for model in ("core", "full"):
            found = fresh(model, firms, months)
            spent = found.importing + found.months
            print(
                f"  {model:<30}{firms:>19,}{months:>8}{spent:>14.1f}{found.wall:>9.1f}"
                f"{found.peak / 1e9:>10.2f}"
            )


def print_batch_all_in(runs: int, firms: int = 2_000, months: int = 36) -> None:
    """Print what the most common job takes from the command to its files, on all processors."""
    words = ["-m", "sim.apps.cli", "run", "scenarios/baseline.yaml", "--quiet"]
    settings = {"firms.count": firms, "horizon": months}
    words += [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, *words, "--seeds", str(runs), "--out", folder],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
    print(
        f"\n{runs:,} runs of {firms:,} firms x {months} months after a burn-in, all-in, on "
        f"{os.cpu_count()} processors: {time.perf_counter() - begun:.1f} s on the wall"
    )


if __name__ == "__main__":
    main()
