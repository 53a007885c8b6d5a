"""Plain Mesa, the production model and the machine, measured side by side.

`python -m experiments.benchmark.run [PART...]` from the root of the repository, parts being
start-up, compiling, batch, speeds, mechanisms and growth; all of them take a few minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from importlib.metadata import version

PARTS = ("start-up", "compiling", "batch", "speeds", "mechanisms", "growth")
NATION = [(1_000_000, 60), (10_000_000, 12)]  # firms, months


def main() -> int:
    """Measure and print what was asked for, or hold it to the guard; return the exit status."""
    asked = argparse.ArgumentParser(prog="experiments.benchmark.run", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--twin", type=int, nargs="+", default=[1_000, 2_000, 10_000],
                       help="firms; 100000 takes the twin a minute")  # fmt: skip
    asked.add_argument("--firms", type=int, nargs="+",
                       default=[1_000, 2_000, 10_000, 100_000, 1_000_000])  # fmt: skip
    asked.add_argument("--batch", type=int, default=32, help="seeds of 2,000 firms side by side")
    asked.add_argument("--rounds", type=int, default=9, help="turns of each rival")
    asked.add_argument("--nation", action="store_true", help="also 10,000,000 firms, up to 8 GB")
    asked.add_argument("--guard", action="store_true", help="compare with expected.csv, and end")
    asked.add_argument("--write", action="store_true", help="with --guard: renew expected.csv")
    given = asked.parse_args()
    parts = given.parts or [*PARTS]
    if wrong := [part for part in parts if part not in PARTS]:
        asked.error(f"no part called '{wrong[0]}'; known: {', '.join(PARTS)}")
    if given.write and not given.guard:
        asked.error("--write renews the guard's figures: give --guard too")

    packages = ", ".join(f"{name} {version(name)}" for name in ("mesa", "numpy", "numba"))
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors", end="")
    print(f", load {os.getloadavg()[0]:.1f} at the start\n", flush=True)
    if given.guard:
        from experiments.benchmark.guard import guard

        return guard(given.write)
    measure(parts, given)
    return 0


def measure(parts: list[str], given: argparse.Namespace) -> None:
    """Print the parts asked for, and how much of a processor this process had."""
    from experiments.benchmark.start_up import print_batch_all_in, print_nation, print_start_up

    if "start-up" in parts:  # fresh processes first, while this one is small
        print_start_up()
    if "compiling" in parts:
        from experiments.benchmark.compiling import print_compiling

        print_compiling()
    if given.nation:
        print_nation(NATION)
    if "batch" in parts:
        print_batch_all_in(1_000)
    wall, busy = time.perf_counter(), time.process_time()
    if "speeds" in parts:
        from experiments.benchmark.speeds import print_batch, print_speeds

        print_speeds(given.twin, given.firms, given.rounds)
        print_batch(given.batch, given.rounds)
    if "mechanisms" in parts:
        from experiments.benchmark.mechanisms import print_costs

        print_costs(50_000, max(3, given.rounds // 2))
    if "growth" in parts:
        from experiments.benchmark.growth import print_growth

        print_growth(max(given.firms), given.rounds)
    share = (time.process_time() - busy) / (time.perf_counter() - wall)
    print(
        f"\nSeconds are processor time of a core unless said; this process had {share:.0%} of one,"
        f"\nat a load of {os.getloadavg()[0]:.1f} at the end. Below 95 % others were at work, and "
        "speeds are too low;\nratios and differences suffer less, since rivals are timed in turn."
    )


if __name__ == "__main__":
    sys.exit(main())
