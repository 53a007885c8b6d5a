"""Screening: which signals a bank gathers on an applicant, and what it makes of them.

May import: core, credit, state.
Never: reads the signals itself; nature gives the readings that a plan asks for.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy


class ScreeningStep(NamedTuple):
    """One thing done to learn about an applicant."""

    name: str
    precision: float  # 1/sd^2 at full effort and experience; for a cross-check, its detection rate
    cost: float  # CNY
    days: float
    hours: float
    soft: bool  # sensed by an officer, whose effort, skill and experience scale the precision


class Screening(Policy):
    """How a bank investigates applicants."""

    optimism: float = param(
        0.0, unit="sd", ge=-3, le=3, source="A: 0 is unbiased; thesis statement 2.15",
        meaning="a bias: mean of the belief about an applicant of whom nothing is known",
        cost="lending forgone where it is lowered: less is disbursed",
    )  # fmt: skip
    memory: float = param(
        0.5, unit="share", ge=0, le=1, source="A: relationship lending, Petersen & Rajan 1994",
        meaning="share of what was known of a firm that a new application starts from",
        cost="fixed_cost by `record_cost`, in proportion",
    )  # fmt: skip
    record_cost: float = param(
        5_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: keeping of files",
        meaning="cost of records from which everything that was known can be taken up again",
        no_lever="price",
    )  # fmt: skip
    learns_from_behaviour: bool = param(
        True, unit="switch", source="A: Berger & Udell 1995",
        meaning="beliefs about borrowers follow whether they pay, each quarter",
        cost="fixed_cost by `behaviour_cost`",
    )  # fmt: skip
    behaviour_cost: float = param(
        2_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: a quarterly run",
        meaning="upkeep of the system that scores borrowers by how they pay",
        no_lever="price",
    )  # fmt: skip

    @property
    def doubt(self) -> float:
        """Share of the expected inflation that the bank subtracts from statements."""
        return 0.0

    @property
    def again(self) -> float:
        """Weight of a reading of a firm that applied here before, over a first one's."""
        return 1.0

    @property
    def shares_arrears(self) -> bool:
        """Whether the bureau also tells how the applicant paid at other banks of the market."""
        return False

    def steps(self) -> tuple[ScreeningStep, ...]:
        """Return what is prescribed, in order."""
        raise NotImplementedError(f"{type(self).__name__} must say its steps")

    @cached_property
    def prices(self) -> NDArray[np.float64]:
        """What each step takes, shape (steps, 3): CNY, hours and days."""
        each = [(step.cost, step.hours, step.days) for step in self.steps()]
        return np.array(each, float).reshape(-1, 3)

    @cached_property
    def file_cost(self) -> float:
        """CNY spent on a file on which every step is carried out."""
        return sum(step.cost for step in self.steps())

    @property
    def stops_early(self) -> bool:
        """Whether `wanted` depends on what is believed so far; if not, every step is wanted."""
        return False

    def wanted(
        self,
        step: ScreeningStep,
        files: View,
        pd: NDArray[np.float64],
        cut_off: NDArray[np.float64] | float,
    ) -> NDArray[np.bool_]:
        """Return for which applicants a step is still wanted, given the `pd` believed so far.

        `cut_off` is the highest that is approved, one for all or (n,).
        """
        return np.ones(len(files), dtype=bool)

    def yearly_cost(self, firms: int, seats: int) -> float:
        behaviour = self.behaviour_cost * self.learns_from_behaviour
        return (self.record_cost * self.memory + behaviour) * firms / 1000.0

    @property
    def detection(self) -> float:
        """Chance that an inflated statement is found out, as applicants may know."""
        return sum(step.precision for step in self.steps() if step.name == "cross_check")


SCREENING: Family[Screening] = Family(__name__, Screening)
