"""How time is taken: rivals in turn, round after round, so that what drifts cancels in ratios.

The clock is the processor time of this process, which a busy machine distorts least.  A book that
starts empty makes the first months cheap, so they are lived but not timed.
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
FILLING = 24  # months lived before the clock starts
STRETCH = 0.1  # seconds that each rival's turn takes at least: the caches are its own by then
ROUNDS = 7
HORIZON = 1_200  # months: the most there can be, so that the end is never reached


class Times:
    """Seconds a month of several rivals, shape (rounds, rivals); a figure is a median of rounds."""

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
    """Time the months of several rivals, each a stretch in every round, in an order drawn anew.

    Salts are forgotten before each stretch, or who lives a month first would pay for all.
    """
    from sim.core.draws import salt

    months = {name: _months(live) for name, live in rivals.items()}
    names = list(rivals)
    seconds = np.empty((rounds, len(names)))
    order = np.random.default_rng(rounds)
    for turn in range(rounds):
        gc.collect()
        for k in order.permutation(len(names)):
            live, count = rivals[names[k]], months[names[k]]
            salt.cache_clear()
            begun = time.process_time()
            for _ in range(count):
                live()
            seconds[turn, k] = (time.process_time() - begun) / count
    return Times(names, seconds)


def _months(live: Month) -> int:
    """Return how many months a stretch takes, after one to compile and one to see."""
    live()
    begun = time.process_time()
    live()
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
    """Return a simulation of the 'core' or the 'full' month that has lived until a month.

    What `set` says of banks holds from month 1 on, so give its loans some months to come in.
    """
    from sim import load_scenario
    from sim.model.simulation import Simulation

    settings = {"firms.count": firms, "burn_in.months": FILLING, "horizon": HORIZON}
    loaded = load_scenario(core_and_full(scenario), settings | dict(set or {}))
    simulation = Simulation(loaded, range(1, seeds + 1), check)
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < until:
            simulation.advance()
    return simulation


def month_of(simulation: Any) -> Month:
    """Return one more month of a simulation, as `Simulation.run` lives it."""

    def live() -> None:
        with np.errstate(invalid="ignore", divide="ignore"):
            simulation.advance()

    return live


def filled_twin(firms: int) -> Any:
    """Return the plain Mesa twin when it has lived until month 1."""
    from experiments.benchmark.twin import Market

    market = Market(firms, FILLING, rng=1)
    while market.month < 1:
        market.step()
    return market
