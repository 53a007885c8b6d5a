"""Simulates as usual, and counts files near the cut-off: bunching is what no table shows.

Distance is measured in `Phi^-1(PD)`; files of applicants who left or were caught are not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.random_numbers import normal_quantiles
from sim.model.kept_books import begun
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.runs.book_store import usual_store
from sim.scenario.schema import Scenario
from sim.state.facts import Decided

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.05  # of Phi^-1(PD), on each side of the cut-off


@dataclass(frozen=True)
class Observed:
    """One row per seed and bank, and the months."""

    summary: pd.DataFrame
    months: pd.DataFrame


class NearCutOff:
    """An observer of a simulation's steps that counts decided files near their bank's cut-off."""

    def __init__(self, simulation: Simulation):
        self.market = simulation.market
        self.cut_offs = [
            getattr(bank.policy.approval, "cut_off", np.nan) for bank in simulation.after
        ]
        size = self.market.runs * len(self.market.banks)
        self.near, self.missed = np.zeros(size), np.zeros(size)

    def __call__(self, step: object, fact: object) -> None:
        """Count the files of a step, if it decides any."""
        if not isinstance(fact, Decided):
            return
        requests = self.market.requests[fact.lender]
        rows = fact.rows[~fact.walked & ~requests.caught[fact.rows].astype(bool)]
        distance = normal_quantiles(requests.pd[rows].astype(float)) - normal_quantiles(
            np.array([self.cut_offs[fact.lender]])
        )
        run = self.market.firms.run[rows].astype(np.int64)
        place = run * len(self.market.banks) + fact.lender
        near: Bools = np.abs(distance) <= NEAR
        for total, chosen in ((self.near, near), (self.missed, near & (distance > 0.0))):
            total += _counted(place[chosen], total.size)


def near_cut_off(scenario: Scenario, *, seeds: Sequence[int]) -> Observed:
    """Simulate seeds from the books kept for other arms; the outcomes have two more columns.

    `files_near` counts decided files within `NEAR` of the cut-off, `files_just_missed` those of
    them above it; both are 0 in a bank without a cut-off.
    """
    import pandas as pd

    simulation = begun(scenario, seeds, store=usual_store())
    simulation.observer = counts = NearCutOff(simulation)
    simulation.run()
    result = result_of(simulation.market, simulation.recorder)
    counted = pd.DataFrame({"files_near": counts.near, "files_just_missed": counts.missed})
    return Observed(pd.concat([result.summary, counted], axis=1).copy(), result.months)


def _counted(place: Floats, size: int) -> Floats:
    return np.bincount(place, minlength=size).astype(float)
