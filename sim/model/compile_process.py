"""The helper that `compile_ahead` starts: it finds out what has to be compiled, and does.

It stands apart since it runs a simulation, and simulations start it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from pathlib import Path

from sim.core.compile_list import calls_of, compile_call
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

FIRMS, MONTHS = 60, 12  # of the small world: enough for loans to be made, watched and lost


def main() -> None:
    """Be the helper: read a scenario, find out what it needs, and compile it from the end."""
    lock = Path(sys.argv[1])
    try:
        parent, scenario = pickle.load(sys.stdin.buffer)
        small = small_world(scenario)
        for call in reversed(calls_of(lambda: Simulation(small, [1]).run())):
            if os.getppid() != parent:  # the run that was helped has ended
                return
            with contextlib.suppress(Exception):  # the run will meet the fault itself
                compile_call(call)
    finally:
        lock.unlink(missing_ok=True)


def small_world(scenario: Scenario) -> Scenario:
    """Return a scenario of the same tables and rules that passes in a second as plain Python."""
    return scenario.with_(
        {
            "firms.count": min(scenario.firms.count, FIRMS),
            "burn_in.months": min(scenario.burn_in.months, MONTHS // 2),
            "burn_in.nature_months": min(scenario.burn_in.nature_months, MONTHS // 2),
            "horizon": min(scenario.horizon, MONTHS // 2),
        }
    )
