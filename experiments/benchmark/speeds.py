"""The reference model, the production model and the machine, in turn at each size.

Ratios are medians over rounds in which all three had their turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.benchmark.machine import Bare, bare_month
from experiments.benchmark.timing import (
    ROUNDS,
    Month,
    Times,
    filled,
    filled_twin,
    in_turn,
    month_of,
)  # fmt: skip

BRANCH = 2_000  # firms


class AtOneSize(NamedTuple):
    """What was timed at one size."""

    times: Times
    bare: Bare


def at_one_size(firms: int, twin: bool, rounds: int = ROUNDS) -> AtOneSize:
    """Time the core and full month, checked and not, the bare month, and plain Mesa if `twin`."""
    bare = bare_month(filled("core", firms))
    rivals: dict[str, Month] = {
        "core": month_of(filled("core", firms)),
        "core unchecked": month_of(filled("core", firms, check=False)),
        "full": month_of(filled("full", firms)),
        "full unchecked": month_of(filled("full", firms, check=False)),
        "bare": bare.run_month,
    }
    if twin:
        market = filled_twin(firms)
        rivals = {"twin": market.step} | rivals
    times = in_turn(rivals, min(rounds, 3) if twin and firms > 20_000 else rounds)
    if twin:
        market.remove_all_agents()  # Mesa 3.3 keeps every model in memory: empty it
    return AtOneSize(times, bare)


NAMES = {
    "twin": "plain Mesa model",
    "core": "core month",
    "core unchecked": "  without the books' check",
    "full": "full calibrated month",
    "full unchecked": "  without the books' check",
    "bare": "the machine: bare core month",
}


def print_speeds(twin_firms: Sequence[int], firms: Sequence[int], rounds: int) -> None:
    """Print firm-months a second of all, with ratios, size by size."""
    print(f"\n{'With a full book':<30}{'firms':>11}{'us a month':>12}{'ns a firm':>11}", end="")
    print(f"{'firm-months/s':>15}{'x Mesa':>8}{'x limit':>9}")
    for size in sorted({*twin_firms, *firms}):
        times, bare = at_one_size(size, size in twin_firms, rounds)
        for name in times.names:
            seconds = times.of(name)
            compared = "twin" in times.names and not name.startswith("full")
            ratio = f"{times.ratio('twin', name):.1f}" if compared else ""
            distance = f"{times.ratio(name, 'bare'):.2f}" if name.startswith("core") else ""
            print(
                f"{NAMES[name]:<30}{size:>11,}{seconds * 1e6:>12,.0f}{seconds * 1e9 / size:>11,.1f}"
                f"{size / seconds:>15,.0f}{ratio:>8}{distance:>9}"
            )
        print(f"  bare month: {bare.applying:.1%} of firms apply, {bare.borrowing:.0%} have a loan")
    print("x Mesa: times as fast as plain Mesa; x limit: times as long as the bare month, by round")


def print_batch(seeds: int, rounds: int) -> None:
    """Print the throughput of many seeds of a small branch, against plain Mesa seed by seed."""
    rivals = {name: month_of(filled(name, BRANCH, seeds)) for name in ("core", "full")}
    twin = filled_twin(BRANCH)
    times = in_turn(rivals | {"twin": twin.step}, rounds)
    twin.remove_all_agents()
    print(f"\n{seeds} seeds of {BRANCH:,} firms side by side, one process")
    for name in rivals:
        speed = seeds * BRANCH / times.of(name)
        faster = f"{seeds * times.ratio('twin', name):.1f}" if name == "core" else ""
        print(f"  {NAMES[name]:<26}{speed:>17,.0f} firm-months/s{faster:>8}", end="")
        print(" times plain Mesa, which simulates seeds one by one" if faster else "")
