"""Officers: loan officers with a caseload, a salary, a bonus plan and turnover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import group, limits, param, read_first
from sim.policies.bonus_plan import BonusPlan
from sim.policies.planned_team import Added, full_time, summed, whole_seats
from sim.policies.staffing.base import FOR_GOOD
from sim.policies.supervision import Supervision

LEAST_TURNOVER = 0.001  # 1/month: a lower turnover costs no more


class Officers(BonusPlan):
    """A team of loan officers."""

    kind: Literal["officers"] = "officers"
    officers: Annotated[
        Annotated[int, limits(ge=1, le=10_000)] | Added | None, read_first(summed)
    ] = param(
        None, unit="officers", source="A: none: as `clients_per_officer` gives",
        meaning="number of officers in month 1, as 14, or their change, as {add: 4}, to what the"
        " base states or `clients_per_officer` gives; `follows_plan` lets either grow",
        cost="salaries: each officer is paid",
        extremes=(5, 30), process="officers workload",
    )  # fmt: skip
    clients_per_officer: float = param(
        150.0, unit="loans", gt=0, le=10_000, source="A: 150 base, 90 optimised",
        meaning="planned number of live loans per officer",
        cost="salaries: fewer clients need more officers",
        extremes=(60.0, 300.0), process="officers workload",
    )  # fmt: skip
    part_time: bool = param(
        False, unit="switch", source="D: shares of small and large branches agree",
        meaning="one officer works part-time where the plan is no whole number, for that share of"
        " pay and of files; off: the plan is rounded",
        no_lever="method",
    )  # fmt: skip
    loans_per_firm: float = param(
        0.25, unit="ratio", gt=0, le=1, source="A: 600-1,000 loans per 3,000 firms",
        meaning="planned number of loans over firms in the market",
        cost="salaries: more loans planned for need more officers",
        extremes=(0.2, 0.8), process="officers workload",
    )  # fmt: skip
    follows_plan: bool = param(
        False, unit="switch", source="A: 200 clients an officer at any size of the book",
        meaning="officers are hired as the loans grow that `growth_target` plans from month 1 on",
        cost="salaries: each officer is paid",
        extremes=(False, True), process="officers workload",
    )  # fmt: skip
    salary: float = param(
        15_000.0, unit="CNY a month", ge=0, le=1e7, source="A: total cost, provincial capital",
        meaning="salary and workplace cost of one officer",
        no_lever="price",
    )  # fmt: skip
    hours_per_month: float = param(
        140.0, unit="hours", gt=0, le=744, source="A: design notes, section 4",
        meaning="working hours of an officer in a month",
        no_lever="nature",
    )  # fmt: skip
    hours_per_loan: float = param(
        0.5, unit="hours a month", ge=0, le=100, source="A: design notes, section 4",
        meaning="officer's working time per live loan",
        no_lever="scale",
    )  # fmt: skip
    hours_per_arrears: float = param(
        3.0, unit="hours a month", ge=0, le=100, source="A: design notes, section 4",
        meaning="additional working time per loan in arrears",
        no_lever="scale",
    )  # fmt: skip
    turnover_monthly: float = param(
        0.025, unit="1/month", ge=0, le=1, source="A: 2.5 % base, 1.2 % optimised",
        meaning="monthly probability that an officer leaves",
        cost="training_cost by `retention_cost`, which grows as turnover falls",
        extremes=(0.002, 0.08), process="experience",
    )  # fmt: skip
    retention_cost: float = param(
        30.0, unit="CNY a month", ge=0, le=1e6, source="A: better pay reduces turnover",
        meaning="cost per officer and month is this divided by `turnover_monthly`",
        no_lever="price",
    )  # fmt: skip
    learning_time: float = param(
        24.0, unit="months", gt=0, le=600, source="A: 24 base, 18 with training",
        meaning="tau_e: time constant of learning without training",
        no_lever="nature",
    )  # fmt: skip
    trained: bool = param(
        False, unit="switch", source="A: design notes, section 4",
        meaning="officers are trained: they learn in `trained_learning_time`",
        cost="training_cost by `training_cost`",
        extremes=(False, True), process="belief_variance",
    )  # fmt: skip
    trained_learning_time: float = param(
        18.0, unit="months", gt=0, le=600, source="A: design notes, section 4",
        meaning="time constant of learning of trained officers",
        no_lever="nature",
    )  # fmt: skip
    training_cost: float = param(
        6_000.0, unit="CNY a year per officer", ge=0, le=1e7, source="A: design notes, section 4",
        meaning="cost of training",
        no_lever="price",
    )  # fmt: skip
    training_effect: float = param(
        0.1, unit="culture", ge=0, le=1, source="A: swept",
        meaning="increase in the target risk culture by training",
        no_lever="nature",
    )  # fmt: skip
    specialised: bool = param(
        False, unit="switch", source="A: thesis statement 1.18",
        meaning="specialised small-business team: learns faster, works faster",
        cost="fixed_cost by `team_cost`",
        extremes=(False, True), process="workload belief_variance",
    )  # fmt: skip
    team_cost: float = param(
        120_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9,
        source="A: 3 million a year for a whole bank, scaled by its book",
        meaning="management and systems of a specialised team",
        no_lever="price",
    )  # fmt: skip
    team_time: float = param(
        0.8, unit="ratio", gt=0, le=1, source="A: experience",
        meaning="factor on working and learning time for a specialised team",
        no_lever="nature",
    )  # fmt: skip
    rotation_months: int = param(
        0, unit="months", ge=0, le=600, source="A: switch; Hertzberg et al. 2010: three years",
        meaning="interval at which all officers rotate to other branches; a successor has"
        " half of the soft information on borrowers, and reports hidden arrears; 0: no rotation",
        cost="training_cost by `rotation_cost`; officer hours by `handover_hours` per loan",
        extremes=(0, 6), process="brought_to_light",
        acts_with={"monitoring.evergreening": 0.5},
    )  # fmt: skip
    rotation_cost: float = param(
        3_000.0, unit="CNY per officer and move", ge=0, le=1e6, source="A: a fifth of a month",
        meaning="cost of moving an officer to another branch, spread over `rotation_months`",
        no_lever="price",
    )  # fmt: skip
    handover_hours: float = param(
        2.0, unit="hours", ge=0, le=200, source="A: reading the file and a visit to the firm",
        meaning="successor's working time to take over one loan at a rotation",
        no_lever="scale",
    )  # fmt: skip
    replacement_cost: float = param(
        30_000.0, unit="CNY per officer", ge=0, le=1e7, source="A: two months of cost",
        meaning="cost to dismiss an officer whose favours were detected, and to hire a successor",
        no_lever="price",
    )  # fmt: skip

    supervision: Supervision = group(Supervision, "officers looked after by the record of loans")
    allocation_by_skill: bool = param(
        False, unit="switch", source="A: thesis statement 1.18",
        meaning="new clients are handled by the officers with the most experience; if not, by any",
        no_lever="method",
    )  # fmt: skip

    def unused(self) -> Mapping[str, str]:
        if not isinstance(self.officers, int):
            return {}
        return {"clients_per_officer": f"`officers` sets their number, {self.officers}"}

    def seats(self, firms: int, plan: float = 1.0) -> int:
        return whole_seats(self._planned(firms, plan), self._team(plan), self.part_time)

    def full_time(self, firms: int, plan: float = 1.0) -> float:
        return full_time(self._planned(firms, plan), self._team(plan), self.part_time)

    def planned_loans(self, firms: int, plan: float = 1.0) -> float:
        return firms * self.loans_per_firm * (plan if self.follows_plan else 1.0)

    def _planned(self, firms: int, plan: float = 1.0) -> float:
        return self.planned_loans(firms, plan) / self.clients_per_officer

    def _team(self, plan: float) -> int | Added | None:
        if isinstance(self.officers, int) and self.follows_plan:
            return max(1, round(self.officers * plan))
        return self.officers

    def supervisor(self) -> Supervision:
        return self.supervision

    @property
    def hard_to_experienced(self) -> bool:
        return self.allocation_by_skill

    @property
    def month_hours(self) -> float:
        return self.hours_per_month

    def hours(self, files: Floats, loans: Floats, late: Floats) -> Floats:
        needed = files + self.hours_per_loan * loans + self.hours_per_arrears * late
        return self.routine * needed

    def yearly_cost(self, firms: int, seats: float) -> float:
        team = self.specialised * self.team_cost * firms / 1000.0
        return super().yearly_cost(firms, seats) + team

    def salaries(self, seats: float) -> float:
        return self.salary * seats

    def training(self, seats: float) -> float:
        training = self.trained * self.training_cost / 12.0
        retention = self.retention_cost / max(self.turnover_monthly, LEAST_TURNOVER)
        rotation = self.rotation_cost / self.rotation_months if self.rotation_months else 0.0
        return (training + retention + rotation) * seats

    @property
    def leaving(self) -> float:
        return self.turnover_monthly

    def months_at_desk(self, month: int) -> float:
        if self.rotation_months == 0:
            return FOR_GOOD
        return float(-month % self.rotation_months)

    def rotates(self, month: int) -> bool:
        return self.rotation_months > 0 and month % self.rotation_months == 0

    @property
    def takeover_hours(self) -> float:
        return self.handover_hours

    @property
    def replacing(self) -> float:
        return self.replacement_cost

    @property
    def time_to_learn(self) -> float:
        time = self.trained_learning_time if self.trained else self.learning_time
        return time * self.routine

    @property
    def routine(self) -> float:
        """Factor on the team's working and learning time."""
        return self.team_time if self.specialised else 1.0

    def culture_aim(self, left_out: Floats) -> Floats:
        trained = self.training_effect * self.trained
        return np.minimum(super().culture_aim(left_out) + trained, 1.0)
