"""The base of the screening policies: what every member declares and answers."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import read_only
from sim.core.params import param
from sim.core.view import View
from sim.policies.policy import Policy

QUARTER = 3.0  # months between the checks for which `behaviour_cost` is stated


class ScreeningStep(NamedTuple):
    """One step of an investigation of an applicant."""

    name: str
    precision: float  # 1/sd^2 at full effort and experience; for a cross-check, its detection rate
    cost: float  # CNY
    days: float
    hours: float
    soft: bool  # soft information: the officer's effort, skill and experience scale the precision


class Screening(Policy):
    """How a bank investigates applicants."""

    process: ClassVar[str] = "belief_variance mean_pd"  # what another kind moves

    optimism: float = param(
        0.0, unit="sd", ge=-3, le=3, source="A: 0 is unbiased; thesis statement 2.15",
        meaning="bias: mean of the belief about an applicant without any information",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(-1.0, 1.0), process="mean_pd approval_rate",
    )  # fmt: skip
    memory: float = param(
        0.5, unit="share", ge=0, le=1, source="A: relationship lending, Petersen & Rajan 1994",
        meaning="share of earlier information on a firm that is used for a new application",
        cost="fixed_cost by `record_cost`, in proportion",
        extremes=(0.0, 1.0), process="belief_variance",
    )  # fmt: skip
    record_cost: float = param(
        5_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: record keeping",
        meaning="cost of records that preserve all earlier information",
        no_lever="price",
    )  # fmt: skip
    learns_from_behaviour: bool = param(
        True, unit="switch", source="A: Berger & Udell 1995",
        meaning="beliefs about borrowers are updated by their payment behaviour, at each check",
        cost="fixed_cost by `behaviour_cost`",
        extremes=(False, True), process="borrower_variance",
    )  # fmt: skip
    behaviour_cost: float = param(
        2_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9, source="A: a quarterly run",
        meaning="running cost of the behavioural scoring system with a check each quarter;"
        " proportional to the number of checks",
        no_lever="price",
    )  # fmt: skip
    check_months: int = param(
        3, unit="months", ge=1, le=120, source="A: a quarterly run",
        meaning="months of a loan's life between checks of its borrower's payments",
        cost="fixed_cost by `behaviour_cost`, where beliefs are updated",
        extremes=(1, 12), process="belief_variance mean_pd",
    )  # fmt: skip
    arrears_level: float = param(
        -2.0, unit="probit", ge=-10, le=10, source="A: no published value",
        meaning="probability that the bank expects of arrears at a check: a in Phi(a - b theta)",
        no_lever="method",
    )  # fmt: skip
    arrears_slope: float = param(
        0.6, unit="probit per sd", ge=0, le=10, source="A: no published value",
        meaning="probability that the bank expects of arrears at a check: b in Phi(a - b theta)",
        no_lever="method",
    )  # fmt: skip

    @property
    def doubt(self) -> float:
        """Share of the expected inflation that the bank subtracts from statements."""
        return 0.0

    @property
    def again(self) -> float:
        """Weight of a reading for a repeat applicant, relative to a first reading."""
        return 1.0

    @property
    def shares_arrears(self) -> bool:
        """Whether the bureau also reports payments at the other banks of the market."""
        return False

    def steps(self) -> tuple[ScreeningStep, ...]:
        """Return the prescribed steps, in order."""
        raise NotImplementedError(f"{type(self).__name__} must define `steps`")

    @cached_property
    def prices(self) -> NDArray[np.float64]:
        """What each step takes, shape (steps, 3): CNY, hours and days; read-only."""
        each = [(step.cost, step.hours, step.days) for step in self.steps()]
        return read_only(np.array(each, float).reshape(-1, 3))

    @cached_property
    def file_cost(self) -> float:
        """CNY spent on an application on which every step is carried out."""
        return sum(step.cost for step in self.steps())

    @property
    def stops_early(self) -> bool:
        """Whether `wanted` depends on the belief so far; if not, every step is wanted."""
        return False

    def wanted(
        self,
        step: ScreeningStep,
        files: View,
        pd: NDArray[np.float64],
        cut_off: NDArray[np.float64] | float,
    ) -> NDArray[np.bool_]:
        """Return for which applicants a step is still wanted, shape (n,).

        `pd` (n,) is the estimate so far; `cut_off` the highest PD approved, a number or (n,).
        """
        return np.ones(len(files), dtype=bool)

    def yearly_cost(self, firms: int, seats: float) -> float:
        checks = QUARTER / self.check_months
        behaviour = self.behaviour_cost * self.learns_from_behaviour * checks
        return (self.record_cost * self.memory + behaviour) * firms / 1000.0

    @property
    def detection(self) -> float:
        """Probability that an inflated statement is detected, which applicants know."""
        return sum(step.precision for step in self.steps() if step.name == "cross_check")
