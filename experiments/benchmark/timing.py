"""How time is measured: models in turn, round after round, so that drift cancels in ratios.

The clock is the processor time of this process, which a busy machine distorts least.  A book that
starts empty makes the first months fast, so they are simulated but not timed.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Month = Callable[[], object]
FILLING = 24  # months simulated before the clock starts
STRETCH = 0.1  # least seconds of each model's turn, so that it fills the caches
ROUNDS = 7
HORIZON = 1_200  # months: the most there can be, so that the end is never reached


class Times:
    """Seconds a month of several models, shape (rounds, models); a figure is a median of rounds."""

    def __init__(self, names: list[str], seconds: NDArray[np.float64]):
        self.names, self.seconds = names, seconds

    def of(self, name: str) -> float:
        """Return the seconds a month of one."""
        return float(np.median(self._column(name)))

    def ratio(self, slow: str, fast: str) -> float:
        """Return how many times as long the one takes as the other, in the same round."""
        return float(np.median(self._column(slow) / self._column(fast)))

    def more(self, one: str, other: str) -> float:
        """Return by how many seconds a month one takes longer than the other, in the same round."""
        return float(np.median(self._column(one) - self._column(other)))

    def _column(self, name: str) -> NDArray[np.float64]:
        return self.seconds[:, self.names.index(name)]


def in_turn(rivals: Mapping[str, Month], rounds: int = ROUNDS) -> Times:
    """Time the months of several models, each a stretch in every round, in random order.

    Salts are forgotten before each stretch, or the first to run a month would pay for all.
    """
    from sim.core.draws import salt

    months = {name: _months(run_month) for name, run_month in rivals.items()}
    names = list(rivals)
    seconds = np.empty((rounds, len(names)))
    order = np.random.default_rng(rounds)
    for turn in range(rounds):
        gc.collect()
        for k in order.permutation(len(names)):
            run_month, count = rivals[names[k]], months[names[k]]
            salt.cache_clear()
            begun = time.process_time()
            for _ in range(count):
                run_month()
            seconds[turn, k] = (time.process_time() - begun) / count
    return Times(names, seconds)


def _months(run_month: Month) -> int:
    """Return how many months a stretch takes, after one to compile and one to time."""
    run_month()
    begun = time.process_time()
    run_month()
    return max(1, math.ceil(STRETCH / max(time.process_time() - begun, 1e-6)))


def core_and_full(name: str) -> Any:
    """Return the file of the core month, 'core', or of the full calibrated month, 'full'."""
    from experiments.benchmark.agreement import LIMIT

    return LIMIT if name == "core" else LIMIT.parents[2] / "scenarios" / "baseline.yaml"


def filled(
    scenario: str,
    firms: int,
    seeds: int = 1,
    *,
    check: bool = True,
    set: Mapping[str, Any] | None = None,
    until: int = 1,
) -> Any:
    """Return a simulation of the 'core' or the 'full' month that has run until a month.

    Settings of banks in `set` hold from month 1 on, so run some months for their loans to come in.
    """
    from sim import load_scenario
    from sim.model.simulation import Simulation

    settings = {"firms.count": firms, "burn_in.months": FILLING, "horizon": HORIZON}
    if scenario == "full":  # else there are seats for a century of growth by a tenth a year
        settings["banks.main.staffing.follows_plan"] = False
    loaded = load_scenario(core_and_full(scenario), settings | dict(set or {}))
    simulation = Simulation(loaded, range(1, seeds + 1), check)
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < until:
            simulation.advance()
    return simulation


def month_of(simulation: Any) -> Month:
    """Return the function that runs one more month, as `Simulation.run` does."""

    def run_month() -> None:
        with np.errstate(invalid="ignore", divide="ignore"):
            simulation.advance()

    return run_month


def filled_twin(firms: int) -> Any:
    """Return the plain Mesa model when it has run until month 1."""
    from experiments.benchmark.twin import Market

    market = Market(firms, FILLING, rng=1)
    while market.month < 1:
        market.step()
    return market
