"""Officers: people with a caseload, a salary, a bonus plan, and a reason to leave."""

from __future__ import annotations

from typing import Literal

from sim.core.params import param
from sim.policies.staffing import Floats, Staffing


class Officers(Staffing):
    """A team of loan officers."""

    kind: Literal["officers"] = "officers"
    clients_per_officer: float = param(
        150.0, unit="loans", gt=0, le=10_000, source="A: 150 base, 90 optimised",
        meaning="live loans that one officer is meant to look after",
        cost="salaries: fewer clients need more officers",
    )  # fmt: skip
    loans_per_firm: float = param(
        0.25, unit="ratio", gt=0, le=1, source="A: 600-1,000 loans per 3,000 firms",
        meaning="loans that the bank plans for, over firms in its market",
        cost="salaries: more loans planned for need more officers",
    )  # fmt: skip
    salary: float = param(
        15_000.0, unit="CNY a month", ge=0, le=1e7, source="A: all-in, provincial capital",
        meaning="pay and workplace of one officer",
        no_lever="price",
    )  # fmt: skip
    hours_per_month: float = param(
        140.0, unit="hours", gt=0, le=744, source="A: design notes, section 4",
        meaning="hours that an officer can work in a month",
        no_lever="nature",
    )  # fmt: skip
    hours_per_loan: float = param(
        0.5, unit="hours a month", ge=0, le=100, source="A: design notes, section 4",
        meaning="work that a live loan asks for",
        no_lever="price",
    )  # fmt: skip
    hours_per_arrears: float = param(
        3.0, unit="hours a month", ge=0, le=100, source="A: design notes, section 4",
        meaning="work that a loan in arrears asks for",
        no_lever="price",
    )  # fmt: skip
    turnover_monthly: float = param(
        0.025, unit="1/month", ge=0, le=1, source="A: 2.5 % base, 1.2 % optimised",
        meaning="chance that an officer leaves",
        cost="training_cost by `retention_cost`, which grows as turnover falls",
    )  # fmt: skip
    retention_cost: float = param(
        30.0, unit="CNY a month", ge=0, le=1e6, source="A: better pay keeps people",
        meaning="paid per officer and month, divided by the monthly chance of leaving",
        no_lever="price",
    )  # fmt: skip
    learning_time: float = param(
        24.0, unit="months", gt=0, le=600, source="A: 24 base, 18 with training",
        meaning="tau_e: time in which an officer learns most of the craft, without training",
        no_lever="nature",
    )  # fmt: skip
    trained: bool = param(
        False, unit="switch", source="A: design notes, section 4",
        meaning="officers are trained: they learn in `trained_learning_time`",
        cost="training_cost by `training_cost`",
    )  # fmt: skip
    trained_learning_time: float = param(
        18.0, unit="months", gt=0, le=600, source="A: design notes, section 4",
        meaning="learning time of trained officers",
        no_lever="nature",
    )  # fmt: skip
    training_cost: float = param(
        6_000.0, unit="CNY a year per officer", ge=0, le=1e7, source="A: design notes, section 4",
        meaning="cost of training",
        no_lever="price",
    )  # fmt: skip
    training_effect: float = param(
        0.1, unit="culture", ge=0, le=1, source="A: swept",
        meaning="by how much training lifts the culture that the bank moves toward",
        no_lever="nature",
    )  # fmt: skip
    specialised: bool = param(
        False, unit="switch", source="A: thesis statement 1.18",
        meaning="a team that serves small firms only: learns faster, needs less time for a file",
        cost="fixed_cost by `team_cost`",
    )  # fmt: skip
    team_cost: float = param(
        120_000.0, unit="CNY a year per 1,000 firms", ge=0, le=1e9,
        source="A: 3 million a year belong to a whole bank; scaled by its book",
        meaning="head and systems of a specialised team",
        no_lever="price",
    )  # fmt: skip
    team_time: float = param(
        0.8, unit="ratio", gt=0, le=1, source="A: routine",
        meaning="time that a specialised team needs for a file and to learn, over the usual",
        no_lever="nature",
    )  # fmt: skip
    rotation_months: int = param(
        0, unit="months", ge=0, le=600, source="A: switch; Hertzberg et al. 2010 met three years",
        meaning="every so many months all officers trade places with those of other branches; the"
        " successor knows half of what was sensed of borrowers, and owns up to hidden arrears;"
        " 0: never",
        cost="training_cost by `rotation_cost`; officer hours by `handover_hours` a loan",
    )  # fmt: skip
    rotation_cost: float = param(
        3_000.0, unit="CNY per officer and move", ge=0, le=1e6, source="A: a fifth of a month",
        meaning="cost of moving an officer to another branch, spread over `rotation_months`",
        no_lever="price",
    )  # fmt: skip
    handover_hours: float = param(
        2.0, unit="hours", ge=0, le=200, source="A: reading the file and a call on the firm",
        meaning="successor's time to take over one loan when officers rotate",
        no_lever="price",
    )  # fmt: skip
    replacement_cost: float = param(
        30_000.0, unit="CNY per officer", ge=0, le=1e7, source="A: two months of pay and workplace",
        meaning="cost of parting with an officer whose favours were found, and of a successor",
        no_lever="price",
    )  # fmt: skip
    volume_bonus: float = param(
        0.8, unit="share of bonus", ge=0, le=1, source="A: .8 base, .3 optimised",
        meaning="lambda_v: weight of volume in officers' bonus",
        cost="bonus: officers ask for `quality_premium` on what is paid on quality instead",
    )  # fmt: skip
    quality_premium: float = param(
        0.15, unit="share", ge=0, le=5, source="A: quality shows late and by luck",
        meaning="how much more must be paid for a bonus on quality than for one on volume",
        no_lever="price",
    )  # fmt: skip
    deferral: float = param(
        0.0, unit="share of bonus", ge=0, le=1, source="A: 0 base, .4 optimised",
        meaning="share of the bonus kept back for two years",
        cost="bonus: officers ask for `deferral_premium` on what they wait for",
    )  # fmt: skip
    deferral_premium: float = param(
        0.15, unit="share", ge=0, le=5, source="A: impatience",
        meaning="how much more must be paid for a bonus that comes late",
        no_lever="price",
    )  # fmt: skip
    bonus: float = param(
        0.003, unit="share of new loans", ge=0, le=1, source="A: a fifth of pay",
        meaning="bonus pot",
        no_lever="price",
    )  # fmt: skip

    def seats(self, firms: int) -> int:
        return max(1, round(firms * self.loans_per_firm / self.clients_per_officer))

    @property
    def month_hours(self) -> float:
        return self.hours_per_month

    def hours(self, files: Floats, loans: Floats, late: Floats) -> Floats:
        asked = files + self.hours_per_loan * loans + self.hours_per_arrears * late
        return self.routine * asked

    def yearly_cost(self, firms: int, seats: int) -> float:
        team = self.specialised * self.team_cost * firms / 1000.0
        return super().yearly_cost(firms, seats) + team

    def salaries(self, seats: int) -> float:
        return self.salary * seats

    def training(self, seats: int) -> float:
        taught = self.trained * self.training_cost / 12.0
        kept = self.retention_cost / max(self.turnover_monthly, 0.001)
        moved = self.rotation_cost / self.rotation_months if self.rotation_months else 0.0
        return (taught + kept + moved) * seats

    @property
    def bonus_rate(self) -> float:
        quality = (1.0 - self.volume_bonus) * self.quality_premium
        return self.bonus * (1.0 + quality + self.deferral * self.deferral_premium)

    @property
    def deferred(self) -> float:
        return self.deferral

    @property
    def time_pressure(self) -> float:
        return self.volume_bonus * (1.0 - self.deferral)

    @property
    def leaving(self) -> float:
        return self.turnover_monthly

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
        """Time that the team needs for a file, over the usual."""
        return self.team_time if self.specialised else 1.0

    @property
    def culture_aim(self) -> float:
        return min(1.0, super().culture_aim + self.training_effect * self.trained)
