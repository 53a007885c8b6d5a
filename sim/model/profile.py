"""Where the time of a month goes: one run in which every step of the plan is timed.

The plan is data, so a profiled run is a run of a plan whose steps look at a clock.  A run that is
not profiled pays nothing, and a profiled one gives the same results to the last bit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import RequestError
from sim.model.month_plan import plan_of
from sim.model.plan import Plan, Step
from sim.model.plan_edits import described, map_steps
from sim.model.result import Result, result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

T = TypeVar("T")


@dataclass(frozen=True)
class Phase:
    """One step of the month."""

    heading: str  # of the part of the month
    step: str
    does: str  # in plain words: the first sentence of its rule's docstring


@dataclass(frozen=True)
class Profile:
    """What was measured; `seconds` has shape (months, phases + 1).

    Its last column is what a month took besides all phases: recording, and passing from step to
    step.
    """

    phases: tuple[Phase, ...]
    seconds: NDArray[np.float64]
    firms: int  # over all seeds
    seeds: int

    @property
    def medians(self) -> NDArray[np.float64]:
        """Seconds of each phase in the median month, and besides them, shape (phases + 1,)."""
        return np.median(self.seconds, axis=0)

    @property
    def total(self) -> float:
        """Seconds of a month: the sum of the medians, which a busy machine hardly distorts."""
        return float(self.medians.sum())


class Clock:
    """Seconds spent in each step, added up until they are taken."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, step: Step[Any]) -> Step[Any]:
        """Return a step that adds the time of its rule and of its posting."""
        return replace(
            step, rule=self._timed(step.name, step.rule), post=self._timed(step.name, step.post)
        )

    def _timed(self, name: str, call: Callable[..., T]) -> Callable[..., T]:
        def timed(*args: Any) -> T:
            begun = time.perf_counter()
            answer = call(*args)
            self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - begun
            return answer

        # a mechanism's own table is made for what its posting names
        timed.writes = getattr(call, "writes", ())  # type: ignore[attr-defined]
        return timed

    def taken(self) -> dict[str, float]:
        """Return the seconds so far and begin again."""
        spent, self.spent = self.spent, {}
        return spent


def profile(
    scenario: Scenario, seeds: Sequence[int], check: bool = True, plan: Plan | None = None
) -> tuple[Profile, Result]:
    """Simulate a scenario for seeds side by side, timing the months from month 1 on.

    Raises `RequestError` if the horizon is below three months, because a median needs three.
    """
    if scenario.horizon < 3:
        raise RequestError(f"a profile needs a horizon of 3 months or more, not {scenario.horizon}")
    clock, plan = Clock(), plan_of(scenario) if plan is None else plan
    phases = tuple(Phase(each.part, each.name, each.does) for each in described(plan))
    simulation = Simulation(scenario, list(seeds), check, plan=map_steps(plan, clock.timed))
    rows = []
    with np.errstate(invalid="ignore", divide="ignore"):  # as in any run
        while simulation.month < scenario.horizon:
            begun = time.perf_counter()
            simulation.advance()
            took, by_step = time.perf_counter() - begun, clock.taken()
            if simulation.month >= 1:
                spent = [by_step.get(phase.step, 0.0) for phase in phases]
                rows.append([*spent, took - sum(spent)])
    found = Profile(phases, np.array(rows), simulation.market.slots, len(seeds))
    return found, result_of(simulation.market, simulation.recorder)
