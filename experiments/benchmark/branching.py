"""What sharing a burn-in costs and saves: one more arm, many arms, a longer burn-in, a what-if.

The parts of an arm are timed in turn in one process, and figures for many arms are computed from
them, round by round.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.benchmark.timing import in_turn

SCENARIO = "zhengzhou/baseline"
SEEDS, FIRMS, HORIZON, BURN_IN = 12, 3_000, 36, 36
LONG = 156  # months of a burn-in that a steady state needs
ARMS = 69  # of the study of Zhengzhou
SMALLER = 4  # times fewer firms, from which the price of an arm without firms is found


def print_branching(rounds: int) -> None:
    """Print the cost of arms that go on from kept books, beside arms that simulate all months."""
    seconds = _in_turn(rounds)
    burn_in, arm, whole, empty = (seconds[name] for name in ("burn-in", "arm", "whole", "empty"))
    kept, again = burn_in + ARMS * arm, ARMS * whole
    longer = burn_in * (LONG - BURN_IN) / BURN_IN
    print(f"Arms of {SEEDS} seeds x {FIRMS:,} firms x {HORIZON} months, burn-in {BURN_IN} months")
    for line, figure in {
        "one more arm from kept books, of the same months in a whole run": arm / (whole - burn_in),
        "  of an arm without burn-in, which begins with an empty book": arm / empty,
        "  without kept books, of an arm without burn-in": whole / empty,
        f"{ARMS} arms, of as many that each simulate the burn-in": kept / again,
        f"  a burn-in of {LONG} months adds": longer / kept,
        "  without kept books it adds": longer / whole,
    }.items():
        print(f"  {line:<66}{np.median(figure):8.3f}")
    print(f"  {'a what-if, two arms from kept books, seconds of a core':<66}"
          f"{np.median(2 * arm):8.3f}")  # fmt: skip
    fixed = (SMALLER * seconds["small arm"] - arm) / (SMALLER - 1) / arm
    low, middle, high = np.percentile(fixed, [25, 50, 75])
    print(f"  {'share of an arm whatever the number of firms':<66}{middle:8.3f}"
          f"   half of the rounds {low:.3f} to {high:.3f}")  # fmt: skip


def print_what_if(rounds: int) -> None:
    """Print how long a what-if takes by the clock, in a warm process, and its table of outcomes."""
    from sim import load_scenario
    from sim.apps.comparing import comparison_of
    from sim.runs.arms import KEPT, simulate_arms

    settings = {"firms.count": FIRMS, "horizon": HORIZON, "burn_in.months": BURN_IN}
    base, seeds = load_scenario(SCENARIO, settings), range(1, SEEDS + 1)
    names = ("both arms here", "both arms on two workers", "the change alone here",
             "the change alone on two workers", "its table of outcomes")  # fmt: skip
    seconds = np.empty((rounds, len(names)))
    for turn in range(-1, rounds):  # the first makes processes and books
        changed = base.with_({"banks.main.rating.slope": 0.65 - turn / 1_000})
        arms = {"base": base, "changed": changed}
        for workers in (0, 2):
            for forget in (True, False):
                KEPT.clear()
                if not forget:
                    simulate_arms({"base": base}, seeds, workers)
                begun = time.perf_counter()
                frames = simulate_arms(arms, seeds, workers)
                seconds[turn, 2 * (not forget) + workers // 2] = time.perf_counter() - begun
        begun = time.perf_counter()
        comparison_of(*frames, list(arms))
        seconds[turn, -1] = time.perf_counter() - begun
    print("  a what-if from kept books in a warm process, seconds by the clock")
    for name, took in zip(names, np.median(seconds, axis=0), strict=True):
        print(f"    {name:<64}{took:8.3f}")


def _in_turn(rounds: int) -> dict[str, NDArray[np.float64]]:
    """Return the processor seconds of each part of an arm, (rounds,) each."""
    from sim import load_scenario
    from sim.model.branch import branch
    from sim.model.simulation import Simulation

    settings = {"firms.count": FIRMS, "horizon": HORIZON, "burn_in.months": BURN_IN}
    base = load_scenario(SCENARIO, settings)
    other = base.with_({"banks.main.rating.slope": 0.65})
    unburnt = load_scenario(SCENARIO, settings | {"burn_in.months": 0})
    seeds = range(1, SEEDS + 1)

    few = {"firms.count": FIRMS // SMALLER}

    def begin(scenario: Any = base) -> Any:
        simulation = Simulation(scenario, seeds)
        with np.errstate(invalid="ignore", divide="ignore"):
            while simulation.month < 0:
                simulation.advance()
        return simulation.checkpoint()

    books, few_books = begin(), begin(base.with_(few))
    few_other = other.with_(few)
    parts: dict[str, Callable[[], object]] = {
        "burn-in": begin,
        "arm": lambda: branch(books, other).run(),
        "small arm": lambda: branch(few_books, few_other).run(),
        "whole": lambda: Simulation(other, seeds).run(),
        "empty": lambda: Simulation(unburnt, seeds).run(),
    }
    times = in_turn(parts, rounds)
    return {name: times.seconds[:, k] for k, name in enumerate(times.names)}
