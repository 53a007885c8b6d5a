"""How cost grows with the numbers of firms, seeds, banks, officers and months.

Each line has nanoseconds a firm-month at several sizes, timed in turn, and the exponent with which
the total grows, fitted on logarithms: 1 is proportional, below 1 larger sizes cost less per unit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from experiments.benchmark.timing import core_and_full, filled, in_turn, month_of
from sim.scenario.loading import load_scenario

BRANCH = 2_000  # firms
WIDE = 20_000  # firms, where banks and officers are grown
SETTLED = 13  # month
TRIES = 3  # of whole runs


def exponent(sizes: Sequence[float], cost: Sequence[float]) -> float:
    """Return the slope of log cost on log size, by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(cost), 1)[0])


def with_banks(count: int) -> Mapping[str, Any]:
    """Return settings that add further banks, copies of the base case's own."""
    import yaml

    bank = yaml.safe_load(core_and_full("full").read_text("utf-8"))["banks"]["main"]
    return {
        f"{place}.bank_{k}": bank
        for k in range(2, count + 1)
        for place in ("banks", "burn_in.banks")
    }


def with_officers(seats: int) -> Mapping[str, Any]:
    """Return settings that give the base case's bank `seats` officers for `WIDE` firms.

    Their total pay is that of its own officers, so that it can go on lending.
    """
    staffing = load_scenario(core_and_full("full")).banks["main"].staffing
    return {
        "banks.main.staffing.officers": seats,
        "banks.main.staffing.salary": staffing.salaries(staffing.full_time(WIDE)) / seats,
    }


def months(sizes: Sequence[int], build: Callable[[int], Any], rounds: int) -> list[float]:
    """Return seconds a month at each size."""
    times = in_turn({str(size): month_of(build(size)) for size in sizes}, rounds)
    return [times.of(str(size)) for size in sizes]


def whole_runs(horizons: Sequence[int]) -> list[float]:
    """Return seconds of whole runs of a branch, with results, the fastest of a few."""
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
