"""Simulate a scenario: the one function that most users need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.model.kept_books import Store, begun
from sim.model.memory_need import refuse_too_large
from sim.model.result import Result, result_of
from sim.model.simulation import Simulation
from sim.scenario.arguments import chosen_seeds, scenario_of
from sim.scenario.schema import Scenario


def simulate(
    scenario: Scenario | str | Path,
    seed: int | None = None,
    *,
    seeds: int | str | Sequence[int] | None = None,
    check: bool = True,
    detail: bool = False,
    store: Store | None = None,
    shared: bool = True,
) -> Result:
    """Simulate a scenario to its horizon for one seed (7 if none is given) or for several.

    `scenario` may be a path or a name such as ``zhengzhou/baseline``.  `seeds` is a list, a
    number n for seeds 1 to n (also as text), or text such as ``31..60``.  Several seeds are
    simulated side by side, which is faster; the result of a seed does not depend on the other
    seeds.  With `check`, the books must balance every month.  `detail` also returns every loan and
    what happened to it, and changes nothing else.
    The books of month 0 are kept in memory, and in `store`, for other scenarios that share them;
    without `shared` every month is simulated here.
    Raises `RequestError` for seeds that are negative, repeated or none, and where the machine
    has too little memory for them.
    """
    chosen = chosen_seeds(seed, seeds)
    resolved = scenario_of(scenario)
    refuse_too_large(resolved, len(chosen))
    if shared:
        simulation = begun(resolved, chosen, check, detail, store)
    else:
        simulation = Simulation(resolved, chosen, check, detail)
    simulation.run()
    return result_of(simulation.market, simulation.recorder, simulation.event_log)
