"""Simulate a scenario: the one function that most users need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Integral
from typing import cast

from sim.core.errors import RequestError
from sim.model.result import Result, result_of
from sim.model.simulation import Simulation
from sim.scenario.loading import only_scenario
from sim.scenario.schema import Scenario


def simulate(
    scenario: Scenario,
    seed: int | None = None,
    *,
    seeds: Sequence[int] | None = None,
    check: bool = True,
    detail: bool = False,
) -> Result:
    """Simulate a scenario to its horizon for one seed (7 if none is given) or for several.

    Several seeds are simulated side by side, which is faster; the result of a seed does not depend
    on the other seeds.  With `check`, the books must balance every month.  `detail` also returns
    every loan and what happened to it, and changes nothing else.
    Raises `RequestError` for seeds that are negative, repeated or none, and for anything but a
    scenario.
    """
    scenario = only_scenario(scenario, "scenario")
    if seed is not None and seeds is not None:
        raise RequestError("give either seed or seeds, not both")
    given: object = seeds
    if given is not None and (isinstance(given, str) or not isinstance(given, Iterable)):
        raise RequestError(f"seeds must be a list of whole numbers; found {given!r:.60}")
    chosen = list(seeds) if seeds is not None else [7 if seed is None else seed]
    if not chosen:
        raise RequestError("seeds is empty: name at least one seed")
    for number in chosen:
        if not is_seed(number):
            raise RequestError(f"seed {number!r} must be a whole number from 0 to 2**63 - 1")
    if len(set(chosen)) != len(chosen):
        raise RequestError("seeds repeat: each seed may be named once")
    simulation = Simulation(scenario, [int(number) for number in chosen], check, detail).run()
    return result_of(simulation.market, simulation.recorder, simulation.event_log)


def is_seed(number: object) -> bool:
    """Return whether `number` is a valid seed: a whole number from 0 to 2**63 - 1."""
    whole = isinstance(number, Integral) and not isinstance(number, bool)
    return whole and 0 <= int(cast(int, number)) < 2**63
