"""Investigation: a list of signals, each with a precision, a cost, days and officer hours.

A precision of 0 omits a signal.  The precisions of soft signals apply at full effort and
experience; the actual officer reaches less.

Precision costs money: independent readings add their precisions, so cost and hours are proportional
to it.  Days are not: they are mostly spent waiting for documents and appointments.  Where hours
exceed capacity, the officer's queue adds further days.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any, Literal

from sim.core.errors import ClashError
from sim.core.params import Params, checked, group, param
from sim.core.pulled import TWINS
from sim.policies.screening.base import Screening, ScreeningStep

MAX_DETECTION = 0.99  # a higher detection probability is priced like this one


def _precision(default: float) -> Any:
    return param(
        default, unit="1/sd^2", ge=0, le=100, source="A: design notes, section 4, swept",
        meaning="inverse variance of the signal's noise; 0 omits the signal",
        cost="file_cost and officer hours (workload), in proportion; days_to_decision, once",
        extremes=(0.0, 12.0), process="belief_variance",
    )  # fmt: skip


def _reference(default: float) -> Any:
    return param(
        default, unit="1/sd^2", gt=0, le=100, source="A: design notes, section 4",
        meaning="precision for `cost` and `hours`; twice the precision takes twice both",
        no_lever="scale",
    )  # fmt: skip


def _cost(default: float) -> Any:
    return param(
        default, unit="CNY", ge=0, le=1e6, source="A: design notes, section 4",
        meaning="cost of collecting the signal at its `reference`",
        no_lever="price",
    )  # fmt: skip


def _days(default: float) -> Any:
    return param(
        default, unit="days", ge=0, le=365, source="A: design notes, section 4",
        meaning="days that the signal adds to the decision",
        no_lever="scale",
    )  # fmt: skip


def _hours(default: float) -> Any:
    return param(
        default, unit="hours", ge=0, le=200, source="A: design notes, section 4",
        meaning="officer's working time for the signal at its `reference`",
        no_lever="scale",
    )  # fmt: skip


class SignalPlan(Params):
    """How one signal is collected."""

    precision: float = _precision(0.0)
    reference: float = _reference(1.0)
    cost: float = _cost(0.0)
    days: float = _days(0.0)
    hours: float = _hours(0.0)

    def step(self, name: str, soft: bool = False) -> ScreeningStep:
        """Return the step that collects the signal; `soft` where it is soft information."""
        size = self.precision / self.reference
        return ScreeningStep(
            name, self.precision, size * self.cost, self.days, size * self.hours, soft
        )


class Statements(SignalPlan):
    """The firm's financial statements."""

    precision: float = _precision(3.0)
    reference: float = _reference(3.0)
    cost: float = _cost(300.0)
    days: float = _days(2.0)
    hours: float = _hours(2.0)


class Bureau(SignalPlan):
    """The report of the credit bureau."""

    reference: float = _reference(2.0)
    cost: float = _cost(20.0)
    shared: bool = param(
        False, unit="switch", source="A: Padilla & Pagano 2000; Broecker 1990",
        meaning="the bureau also reports at which quarterly checks the firm was past due at the"
        " other banks of the market; no effect with one bank",
        cost="file_cost by `record_cost`",
        extremes=(False, True), process="belief_variance mean_pd",
        acts_with={TWINS: "other", "screening.bureau.precision": 2.0},
    )  # fmt: skip
    record_cost: float = param(
        10.0, unit="CNY", ge=0, le=1e6, source="A: half the cost of the report",
        meaning="cost of the payment record at other banks, per applicant",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _a_record_comes_with_a_report(self) -> Bureau:
        if self.shared and self.precision == 0.0:
            raise ClashError(
                "a shared record comes with the bureau's report, but precision 0 omits the report: "
                "set precision above 0 or shared to false",
                "shared",
            )
        return self

    def step(self, name: str, soft: bool = False) -> ScreeningStep:
        step = super().step(name, soft)
        return step._replace(cost=step.cost + self.shared * self.record_cost)


class SiteVisit(SignalPlan):
    """An officer's visit to the firm's operations."""

    precision: float = _precision(5.0)
    reference: float = _reference(5.0)
    cost: float = _cost(500.0)
    days: float = _days(2.0)
    hours: float = _hours(4.0)


class OwnerVisit(SignalPlan):
    """An officer's visit to the owner and the household."""

    reference: float = _reference(3.0)
    cost: float = _cost(200.0)
    days: float = _days(1.0)
    hours: float = _hours(2.0)


class Partners(SignalPlan):
    """Information from customers and suppliers."""

    reference: float = _reference(2.0)
    cost: float = _cost(150.0)
    days: float = _days(1.0)
    hours: float = _hours(2.0)


class CrossCheck(Params):
    """Comparison of statements with tax records, invoices and bank transactions.

    n independent checks, each with detection probability d, detect an inflated statement with
    probability 1 - (1-d)^n.  So the number of checks, and with it cost and hours, is
    ln(1 - detection) / ln(1 - reference).
    """

    detection: float = param(
        0.25, unit="probability", ge=0, le=1, source="A: .25 base, .60 optimised",
        meaning="probability that an inflated statement is detected; 0 omits the check",
        cost="file_cost and officer hours (workload), by number of checks; days_to_decision, once",
        extremes=(0.0, 0.95), process="caught_lying falsified_booked",
    )  # fmt: skip
    reference: float = param(
        0.25, unit="probability", gt=0, lt=1, source="A: design notes, section 4",
        meaning="detection probability for `cost` and `hours`",
        no_lever="scale",
    )  # fmt: skip
    cost: float = _cost(200.0)
    days: float = _days(1.0)
    hours: float = _hours(1.0)

    def step(self) -> ScreeningStep:
        """Return the step that performs the check."""
        checks = math.log1p(-min(self.detection, MAX_DETECTION)) / math.log1p(-self.reference)
        return ScreeningStep(
            "cross_check", self.detection, checks * self.cost, self.days, checks * self.hours,
            soft=False,
        )  # fmt: skip


class Investigation(Screening):
    """Collect the listed signals on every applicant."""

    kind: Literal["investigation"] = "investigation"
    suspicion: float = param(
        0.5, unit="share", ge=0, le=1, source="A: half naive",
        meaning="share of the expected inflation that the bank subtracts from statements",
        cost="lending forgone where it is raised, since honest firms are also marked down:"
        " less is disbursed",
        extremes=(0.0, 1.0), process="mean_pd",
    )  # fmt: skip
    repeat_weight: float = param(
        1.0, unit="ratio", ge=0, le=1, source="A: all noise seen as new; D: .176 is rational",
        meaning="weight of a reading for a repeat applicant, relative to a first reading; since .7"
        " of the noise belongs to the firm, a second adds only .3^2/(1-.7^2) = .176",
        no_lever="bias",
    )  # fmt: skip
    statements: Statements = group(Statements)
    cross_check: CrossCheck = group(CrossCheck)
    bureau: Bureau = group(Bureau)
    site_visit: SiteVisit = group(SiteVisit)
    owner_visit: OwnerVisit = group(OwnerVisit)
    partners: Partners = group(Partners)

    @property
    def doubt(self) -> float:
        return self.suspicion

    @property
    def again(self) -> float:
        return self.repeat_weight

    @property
    def shares_arrears(self) -> bool:
        return self.bureau.shared

    def steps(self) -> tuple[ScreeningStep, ...]:
        return self._steps

    @cached_property
    def _steps(self) -> tuple[ScreeningStep, ...]:
        planned = [
            self.statements.step("statements"),
            self.cross_check.step(),
            self.bureau.step("bureau"),
            self.site_visit.step("site_visit", soft=True),
            self.owner_visit.step("owner_visit", soft=True),
            self.partners.step("partners"),
        ]
        return tuple(step for step in planned if step.precision > 0.0)
