"""The helper that `compile_ahead` starts: it finds out what has to be compiled, and does.

It stands apart since it runs a simulation, and simulations start it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from pathlib import Path

from sim.core.compile_list import Call, calls_of, compile_call
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

FIRMS, MONTHS = 60, 12  # of the small world: enough for loans to be made, watched and lost


def main() -> None:
    """Be the helper: read a scenario, find out what it needs, and compile it."""
    lock = Path(sys.argv[1])
    try:
        parent, scenario = pickle.load(sys.stdin.buffer)
        for call in in_order(small_world(scenario)):
            if os.getppid() != parent:  # the run that was helped has ended
                return
            with contextlib.suppress(Exception):  # the run will meet the fault itself
                compile_call(call)
    finally:
        lock.unlink(missing_ok=True)


def in_order(scenario: Scenario) -> list[Call]:
    """Return the calls of a simulation: the first month's from the end, then the others likewise.

    The run waits in its first month for most of them; what only later months call is not needed
    before.
    """
    made: list[Simulation] = []

    def first_month() -> None:
        made.append(Simulation(scenario, [1]))
        made[0].advance()

    return [
        call for part in calls_of(first_month, lambda: made[0].run()) for call in reversed(part)
    ]


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
