"""How fast both models live the core month, once the book is full.

A book that starts empty makes the first months cheap, so they are lived but not timed.  The clock
is the processor time of this process, which a busy machine distorts least.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from experiments.benchmark.agreement import LIMIT

FILLING = 24  # months lived before the clock starts
TIMED = 12  # months timed at a stretch
PATIENCE = 1_500_000  # firm-months after which no further stretch is begun
STRETCHES = 5  # at most


class Speed(NamedTuple):
    """What was measured for one model at one size."""

    firms: int  # per seed
    seeds: int
    building: float  # seconds until the first month can begin
    throughput: float  # firm-months per second, median of the stretches


def speed_of_twin(firms: int) -> Speed:
    """Time the plain Mesa twin."""
    from experiments.benchmark.twin import Market

    begun = time.process_time()
    market = Market(firms, rng=1)
    building = time.process_time() - begun
    found = throughput(market.step, firms)
    market.remove_all_agents()
    return Speed(firms, 1, building, found)


def speed_of_production(firms: int, seeds: int = 1) -> Speed:
    """Time the production model, its books checked every month as for any user."""
    from sim import load_scenario
    from sim.model.simulation import Simulation

    months = FILLING + STRETCHES * TIMED
    settings = {"firms.count": firms, "burn_in.months": FILLING, "horizon": months}
    scenario = load_scenario(LIMIT, settings)
    begun = time.process_time()
    simulation = Simulation(scenario, range(seeds))
    building = time.process_time() - begun
    return Speed(firms, seeds, building, throughput(simulation.advance, firms * seeds))


def throughput(live_a_month: Callable[[], object], firms: int) -> float:
    """Return firm-months per second with a full book, the median of several stretches."""
    for _ in range(FILLING):
        live_a_month()
    found = []
    for _ in range(min(STRETCHES, max(1, PATIENCE // (firms * TIMED)))):
        gc.collect()
        begun = time.process_time()
        for _ in range(TIMED):
            live_a_month()
        found.append(firms * TIMED / (time.process_time() - begun))
    return statistics.median(found)
