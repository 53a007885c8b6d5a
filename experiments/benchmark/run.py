"""Plain Mesa, the production model and the machine, measured side by side.

`python -m experiments.benchmark.run [PART...]` from the root of the repository, parts being
start-up, compiling, batch, speeds, mechanisms, growth and branching; all take a few minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from importlib.metadata import version

PARTS = ("start-up", "compiling", "batch", "speeds", "mechanisms", "growth", "branching")
NATION = [(1_000_000, 60), (10_000_000, 12)]  # firms, months


def main() -> int:
    """Measure and print the requested parts, or run the guard; return the exit status."""
    parser = argparse.ArgumentParser(prog="experiments.benchmark.run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--twin", type=int, nargs="+", default=[1_000, 2_000, 10_000],
                       help="firms; 100000 takes plain Mesa a minute")  # fmt: skip
    parser.add_argument("--firms", type=int, nargs="+",
                       default=[1_000, 2_000, 10_000, 100_000, 1_000_000])  # fmt: skip
    parser.add_argument("--batch", type=int, default=32, help="seeds of 2,000 firms side by side")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each model")
    parser.add_argument("--nation", action="store_true", help="also 10,000,000 firms, up to 8 GB")
    parser.add_argument("--guard", action="store_true", help="compare with expected.csv, and end")
    parser.add_argument("--write", action="store_true", help="with --guard: renew expected.csv")
    args = parser.parse_args()
    parts = args.parts or [*PARTS]
    if wrong := [part for part in parts if part not in PARTS]:
        parser.error(f"no part called '{wrong[0]}'; known: {', '.join(PARTS)}")
    if args.write and not args.guard:
        parser.error("--write renews the guard's figures: give --guard too")

    packages = ", ".join(f"{name} {version(name)}" for name in ("mesa", "numpy", "numba"))
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} processors", end="")
    print(f", load {os.getloadavg()[0]:.1f} at the start\n", flush=True)
    if args.guard:
        from experiments.benchmark.guard import guard

        return guard(args.write)
    measure(parts, args)
    return 0


def measure(parts: list[str], args: argparse.Namespace) -> None:
    """Print the requested parts, and how much of a processor this process had."""
    from experiments.benchmark.start_up import print_batch_all_in, print_nation, print_start_up

    if "start-up" in parts:  # fresh processes first, while this one is small
        print_start_up()
    if "compiling" in parts:
        from experiments.benchmark.compiling import print_compiling

        print_compiling()
    if args.nation:
        print_nation(NATION)
    if "batch" in parts:
        print_batch_all_in(1_000)
    wall, busy = time.perf_counter(), time.process_time()
    if "speeds" in parts:
        from experiments.benchmark.speeds import print_batch, print_speeds

        print_speeds(args.twin, args.firms, args.rounds)
        print_batch(args.batch, args.rounds)
    if "mechanisms" in parts:
        from experiments.benchmark.mechanisms import print_costs

        print_costs(50_000, max(3, args.rounds // 2))
    if "growth" in parts:
        from experiments.benchmark.growth import print_growth

        print_growth(max(args.firms), args.rounds)
    if "branching" in parts:
        from experiments.benchmark.branching import print_branching, print_what_if

        print_branching(args.rounds)
        print_what_if(args.rounds)
    share = (time.process_time() - busy) / (time.perf_counter() - wall)
    print(
        f"\nSeconds are processor time of a core unless said; this process had {share:.0%} of one,"
        f"\nat a load of {os.getloadavg()[0]:.1f} at the end. Below 95 % other programs ran, and "
        "speeds are too low;\nratios and differences suffer less, since models are timed in turn."
    )


if __name__ == "__main__":
    sys.exit(main())
