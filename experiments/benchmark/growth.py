"""How cost grows with what a user may ask more of: firms, seeds, banks, officers, months.

Each line has nanoseconds a firm-month at several sizes, timed in turn, and the exponent with which
the whole grows, fitted on logarithms: 1 is in proportion, below 1 the larger is the cheaper.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from experiments.benchmark.timing import core_and_full, filled, in_turn, month_of

BRANCH = 2_000  # firms
WIDE = 20_000  # firms, where banks and officers are grown
SETTLED = 13  # month
TRIES = 3  # of whole runs


def exponent(sizes: Sequence[float], cost: Sequence[float]) -> float:
    """Return the slope of log cost on log size, by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(cost), 1)[0])


def with_banks(count: int) -> Mapping[str, Any]:
    """Return settings that put further banks, the base case's twins, beside its own."""
    import yaml

    bank = yaml.safe_load(core_and_full("full").read_text("utf-8"))["banks"]["main"]
    return {
        f"{place}.bank_{k}": bank
        for k in range(2, count + 1)
        for place in ("banks", "burn_in.banks")
    }


def with_officers(seats: int) -> Mapping[str, Any]:
    """Return settings that give the base case's bank so many officers for `WIDE` firms.

    All of them together earn what its own officers do, so that it can go on lending.
    """
    loans = 0.5 * WIDE
    return {
        "banks.main.staffing.clients_per_officer": loans / seats,
        "banks.main.staffing.salary": 9_000.0 * (loans / 150.0) / seats,
    }


def months(sizes: Sequence[int], build: Callable[[int], Any], rounds: int) -> list[float]:
    """Return seconds a month at each size."""
    times = in_turn({str(size): month_of(build(size)) for size in sizes}, rounds)
    return [times.of(str(size)) for size in sizes]


def whole_runs(horizons: Sequence[int]) -> list[float]:
    """Return seconds of whole runs of a branch, results and all, the best of a few."""
    from sim import load_scenario, simulate

    found = []
    for horizon in horizons:
        settings = {"firms.count": BRANCH, "horizon": horizon, "burn_in.months": 0}
        scenario = load_scenario(core_and_full("full"), settings)
        took = []
        for seed in range(TRIES):
            begun = time.process_time()
            simulate(scenario, seed)
            took.append(time.process_time() - begun)
        found.append(min(took))
    return found


def print_growth(most_firms: int, rounds: int) -> None:
    """Print one block per axis."""
    firms = [size for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000) if size <= most_firms]
    print("\nGrowth of the full calibrated month      ns a firm-month by size")
    _print(
        "firms", firms,
        months(firms, lambda size: filled("full", size), rounds), firms,
    )  # fmt: skip
    seeds = [1, 2, 8, 32]
    _print(
        f"seeds of {BRANCH:,} firms, side by side", seeds,
        months(seeds, lambda size: filled("full", BRANCH, size), rounds),
        [BRANCH * size for size in seeds],
    )  # fmt: skip
    banks = [1, 2, 3]
    _print(
        f"banks, {WIDE:,} firms", banks,
        months(banks, lambda size: filled("full", WIDE, set=with_banks(size)), rounds), [WIDE] * 3,
    )  # fmt: skip
    seats = [10, 100, 1_000]
    _print(
        f"officers, {WIDE:,} firms", seats,
        months(
            seats, lambda size: filled("full", WIDE, set=with_officers(size), until=SETTLED), rounds
        ),
        [WIDE] * 3,
    )  # fmt: skip
    horizons = [12, 48, 192]
    _print(
        f"months of a whole run, {BRANCH:,} firms", horizons, whole_runs(horizons),
        [BRANCH * horizon for horizon in horizons],
    )  # fmt: skip


def _print(
    axis: str, sizes: Sequence[int], seconds: Sequence[float], firm_months: Sequence[int]
) -> None:
    each = [1e9 * s / n for s, n in zip(seconds, firm_months, strict=True)]
    cells = ",  ".join(f"{size:,}: {ns:,.1f}" for size, ns in zip(sizes, each, strict=True))
    print(f"  {axis:<39}{cells};  exponent {exponent(sizes, seconds):.2f}")
