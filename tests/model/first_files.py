"""What officers find in the files of month 1, beside the power of who read each."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Investigated
from sim.world import conduct
from tests.model.worlds import advanced

TEAM = {"kind": "officers", "clients_per_officer": 10.0, "culture": 1.0, "execution_base": 1.0}
SEEDS = [1, 2]


def read_in_month_one(world: Scenario) -> tuple[Investigated, np.ndarray]:
    """Return what was found in month 1, and the power of who read each file."""
    facts: list[Any] = []
    simulation = advanced(Simulation(world, SEEDS), 0)
    market = simulation.market
    table = np.arange(market.officers.key.size)
    power = conduct.soft_power(market, table, 24.0, 6.0)
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, 1)
    found = next(fact for fact in facts if isinstance(fact, Investigated))
    return found, power[market.officer_rows(found.rows, 0, found.seat)]
