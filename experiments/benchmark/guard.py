"""Whether the model got slower: figures that hardly depend on the machine, against a small file.

Ratios are between models timed in turn in one process; calls and bytes are counted.  So the file
can be kept in the repository, and figures of one machine can be compared with those of another.  No
test measures time: only the benchmark's command does, on request.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).with_name("expected.csv")
HEADER = ("figure", "expected", "tolerance", "meaning")
ROUNDS = 15
COUNTED_MONTHS = 12


@dataclass(frozen=True)
class Expected:
    """One figure, of which less is better; `tolerance` is the share by which it may be exceeded."""

    expected: float
    tolerance: float
    meaning: str


TIMED, COUNTED = 0.20, 0.02  # tolerances
MEANINGS = {
    "core_over_limit_100000": (TIMED, "core month over the bare month, 100,000 firms"),
    "full_over_limit_100000": (TIMED, "full month over the bare core month, 100,000 firms"),
    "core_over_twin_2000": (TIMED, "core month over that in plain Mesa, 2,000 firms"),
    "full_over_twin_2000": (TIMED, "full month over the core month in plain Mesa, 2,000 firms"),
    "batch_over_limit_64000": (TIMED, "full month of 32 seeds of 2,000 firms over the bare month"),
    "core_calls": (COUNTED, "calls that Python makes in a core month, 2,000 firms"),
    "full_calls": (COUNTED, "calls that Python makes in a full month, 2,000 firms"),
    "bytes_per_firm": (COUNTED, "bytes of all columns a firm, one bank"),
}


def measured() -> dict[str, float]:
    """Return every figure as it is now."""
    from experiments.benchmark.machine import bare_month
    from experiments.benchmark.timing import filled, filled_twin, in_turn, month_of

    wide, many, narrow = 100_000, (2_000, 32), 2_000
    core = filled("core", wide)
    large = in_turn(
        {
            "core": month_of(core),
            "full": month_of(filled("full", wide)),
            "bare": bare_month(filled("core", wide)).run_month,
        },
        ROUNDS,
    )
    twin = filled_twin(narrow)
    small = in_turn(
        {
            "core": month_of(filled("core", narrow)),
            "full": month_of(filled("full", narrow)),
            "twin": twin.step,
        },
        ROUNDS,
    )
    twin.remove_all_agents()
    batch = in_turn(
        {
            "full": month_of(filled("full", *many)),
            "bare": bare_month(filled("core", many[0] * many[1])).run_month,
        },
        ROUNDS,
    )
    return {
        "core_over_limit_100000": large.ratio("core", "bare"),
        "full_over_limit_100000": large.ratio("full", "bare"),
        "core_over_twin_2000": small.ratio("core", "twin"),
        "full_over_twin_2000": small.ratio("full", "twin"),
        "batch_over_limit_64000": batch.ratio("full", "bare"),
        "core_calls": calls_per_month(filled("core", narrow)),
        "full_calls": calls_per_month(filled("full", narrow)),
        "bytes_per_firm": core.market.bytes / core.market.slots,
    }


def calls_per_month(simulation: Any) -> float:
    """Return how many functions, of Python or of C, Python calls in the median of some months.

    A count, not a time: the same on every machine for the same versions of the packages.
    """
    from sim.core.draws import salt

    salt.cache_clear()  # forget what this process has simulated before
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    months = []
    for _ in range(COUNTED_MONTHS):
        calls = 0
        sys.setprofile(count)
        try:
            simulation.advance()
        finally:
            sys.setprofile(None)
        months.append(calls)
    return statistics.median(months)


def compared(now: Mapping[str, float], before: Mapping[str, Expected]) -> list[str]:
    """Return a line for each figure that got worse than its tolerance allows, or is missing."""
    lines = []
    for name, was in before.items():
        if name not in now:
            lines.append(f"{name}: expected but no longer measured; renew with --guard --write")
        elif now[name] > was.expected * (1.0 + was.tolerance):
            more = now[name] / was.expected - 1.0
            lines.append(
                f"{name}: {now[name]:.4g} is {more:.0%} above the {was.expected:.4g} expected, "
                f"allowed are {was.tolerance:.0%} ({was.meaning})"
            )
    lines += [
        f"{name}: measured but not expected; renew with --guard --write"
        for name in now
        if name not in before
    ]
    return lines


def read_expected(path: Path = HOME) -> dict[str, Expected]:
    """Return what the file expects."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["figure"]: Expected(float(row["expected"]), float(row["tolerance"]), row["meaning"])
            for row in csv.DictReader(file)
        }


def write_expected(now: Mapping[str, float], path: Path = HOME) -> None:
    """Renew the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for name, value in now.items():
            tolerance, meaning = MEANINGS[name]
            writer.writerow([name, f"{value:.4g}", tolerance, meaning])


def guard(write: bool) -> int:
    """Measure, print, and compare or renew; return 1 where something got slower."""
    now = measured()
    if write:
        write_expected(now)
        print(f"{HOME.name} renewed")
    before = read_expected()
    print(f"{'figure':<26}{'now':>10}{'expected':>10}{'allowed':>9}  what it is")
    for name, value in now.items():
        was = before.get(name)
        known = f"{was.expected:>10.4g}{was.tolerance:>+9.0%}" if was else f"{'':>19}"
        print(f"{name:<26}{value:>10.4g}{known}  {MEANINGS[name][1]}")
    slower = compared(now, before)
    for line in slower:
        print(f"slower: {line}", file=sys.stderr)
    if not slower:
        print("nothing got slower than is allowed")
    return 1 if slower else 0
