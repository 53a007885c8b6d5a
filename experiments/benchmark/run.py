"""Plain Mesa, the production model and the machine, measured side by side.

`python -m experiments.benchmark.run` from the root of the repository; a few minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from importlib.metadata import version

from experiments.benchmark.start_up import fresh

MEMORY_TWIN, MEMORY_PRODUCTION, MEMORY_MONTHS = 20_000, 200_000, 6


def start_up_and_memory() -> None:
    """Print what a fresh process of either model pays."""
    with tempfile.TemporaryDirectory() as folder:
        cold = fresh("production", 2_000, 24, folder)
        warm = fresh("production", 2_000, 24, folder)
    twin = fresh("twin", 2_000, 24)
    print("Start-up of a fresh process, 2,000 firms (s)     import   first month   24 months: MB")
    for name, found in (
        ("twin", twin),
        ("production, compiling", cold),
        ("production, from cache", warm),
    ):
        print(
            f"  {name:<46}{found.importing:>7.2f}{found.first_month:>14.2f}"
            f"{found.peak / 1e6:>17,.0f}"
        )
    print("Memory (bytes per firm, growth of the peak)")
    for model, firms in (("twin", MEMORY_TWIN), ("production", MEMORY_PRODUCTION)):
        more = fresh(model, firms, MEMORY_MONTHS).peak - fresh(model, 1_000, MEMORY_MONTHS).peak
        print(f"  {model:<46}{more / (firms - 1_000):>7,.0f}")


def speeds(twin_firms: list[int], firms: list[int], batch: int) -> None:
    """Print firm-months per second of all three."""
    from experiments.benchmark.machine import limit
    from experiments.benchmark.timing import speed_of_production, speed_of_twin

    print("\nCore month with a full book        firms   seeds   build (s)   firm-months/s", end="")
    print("   x twin   of limit")
    twins = {}
    for size in twin_firms:
        found = speed_of_twin(size)
        twins[size] = found.throughput
        print(f"  {'twin':<26}{size:>12,}{1:>8}{found.building:>12.2f}{found.throughput:>16,.0f}")
    best = limit(max(firms))
    speed_of_production(1_000)  # compiles what is not yet in the cache
    for size, seeds in [*((size, 1) for size in firms), (2_000, batch)]:
        found = speed_of_production(size, seeds)
        nearest = min(twins, key=lambda other: abs(other - size))
        print(
            f"  {'production':<26}{size:>12,}{seeds:>8}{found.building:>12.2f}"
            f"{found.throughput:>16,.0f}{found.throughput / twins[nearest]:>9.1f}"
            f"{found.throughput / best:>11.2f}"
        )
    print(f"  {'the machine, bare draws':<26}{max(firms):>12,}{1:>8}{'':>12}{best:>16,.0f}")


def main() -> None:
    """Measure and print everything."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--twin", type=int, nargs="+", default=[1_000, 2_000, 10_000])
    asked.add_argument("--firms", type=int, nargs="+", default=[1_000, 2_000, 10_000, 100_000])
    asked.add_argument("--batch", type=int, default=50, help="seeds of 2,000 firms side by side")
    given = asked.parse_args()
    parts = ", ".join(f"{name} {version(name)}" for name in ("mesa", "numpy", "numba"))
    print(f"Python {platform.python_version()}, {parts}; {os.cpu_count()} processors")
    start_up_and_memory()
    wall, busy = time.perf_counter(), time.process_time()
    speeds(given.twin, given.firms, given.batch)
    share = (time.process_time() - busy) / (time.perf_counter() - wall)
    print(
        f"\nSeconds are processor time of one core; this process had {share:.0%} of one.", end=" "
    )
    print("Below 95 % others were at work and all speeds are too low.")


if __name__ == "__main__":
    main()
