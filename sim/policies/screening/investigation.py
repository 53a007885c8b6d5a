"""Investigation: a list of signals, each with a precision, a price, days and officer hours.

A precision of 0 leaves a signal out.  The precisions of what officers sense hold at full effort
and experience; what the officer at hand reaches is less.

Precision is bought: independent readings of one thing add their precisions, so money and hours
grow in proportion to it.  Days are mostly waiting for papers and appointments and do not; where
hours pile up, the queue at the officer's desk adds days of its own.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any, Literal

from sim.core.errors import ClashError
from sim.core.params import Params, checked, group, param
from sim.policies.screening import Screening, ScreeningStep

CERTAIN = 0.99  # a cross-check that finds every lie is priced as one that finds this share


def _precision(default: float) -> Any:
    return param(
        default, unit="1/sd^2", ge=0, le=100, source="A: design notes, section 4, swept",
        meaning="inverse variance of the reading's noise; 0 leaves the signal out",
        cost="file_cost and officer hours (workload), in proportion; days_to_decision, once",
    )  # fmt: skip


def _reference(default: float) -> Any:
    return param(
        default, unit="1/sd^2", gt=0, le=100, source="A: design notes, section 4",
        meaning="precision that `cost` and `hours` buy; twice the precision takes twice both",
        no_lever="price",
    )  # fmt: skip


def _cost(default: float) -> Any:
    return param(
        default, unit="CNY", ge=0, le=1e6, source="A: design notes, section 4",
        meaning="price of gathering it once at its `reference`",
        no_lever="price",
    )  # fmt: skip


def _days(default: float) -> Any:
    return param(
        default, unit="days", ge=0, le=365, source="A: design notes, section 4",
        meaning="days that it adds to the decision",
        no_lever="price",
    )  # fmt: skip


def _hours(default: float) -> Any:
    return param(
        default, unit="hours", ge=0, le=200, source="A: design notes, section 4",
        meaning="officer's time that it takes at its `reference`",
        no_lever="price",
    )  # fmt: skip


class SignalPlan(Params):
    """How one signal is gathered."""

    precision: float = _precision(0.0)
    reference: float = _reference(1.0)
    cost: float = _cost(0.0)
    days: float = _days(0.0)
    hours: float = _hours(0.0)

    def step(self, name: str, soft: bool = False) -> ScreeningStep:
        """Return the step that gathers it; `soft` where an officer senses it."""
        size = self.precision / self.reference
        return ScreeningStep(
            name, self.precision, size * self.cost, self.days, size * self.hours, soft
        )


class Statements(SignalPlan):
    """What a firm says of itself in its accounts."""

    precision: float = _precision(3.0)
    reference: float = _reference(3.0)
    cost: float = _cost(300.0)
    days: float = _days(2.0)
    hours: float = _hours(2.0)


class Bureau(SignalPlan):
    """What other lenders report."""

    reference: float = _reference(2.0)
    cost: float = _cost(20.0)
    shared: bool = param(
        False, unit="switch", source="A: Padilla & Pagano 2000; Broecker 1990",
        meaning="the bureau also tells at which quarterly looks the firm was past due at the other"
        " banks of the market; with one bank there is nothing to tell",
        cost="file_cost by `record_cost`",
    )  # fmt: skip
    record_cost: float = param(
        10.0, unit="CNY", ge=0, le=1e6, source="A: half the price of the report",
        meaning="price of the record of payments at other banks, for one applicant",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _a_record_comes_with_a_report(self) -> Bureau:
        if self.shared and self.precision == 0.0:
            raise ClashError(
                "a shared record comes with the bureau's report, but precision 0 leaves it out: "
                "give precision a value above 0 or leave shared false",
                "shared",
            )
        return self

    def step(self, name: str, soft: bool = False) -> ScreeningStep:
        step = super().step(name, soft)
        return step._replace(cost=step.cost + self.shared * self.record_cost)


class SiteVisit(SignalPlan):
    """What an officer sees of the operations."""

    precision: float = _precision(5.0)
    reference: float = _reference(5.0)
    cost: float = _cost(500.0)
    days: float = _days(2.0)
    hours: float = _hours(4.0)


class OwnerVisit(SignalPlan):
    """What an officer learns of the owner and the household."""

    reference: float = _reference(3.0)
    cost: float = _cost(200.0)
    days: float = _days(1.0)
    hours: float = _hours(2.0)


class Partners(SignalPlan):
    """What customers and suppliers say."""

    reference: float = _reference(2.0)
    cost: float = _cost(150.0)
    days: float = _days(1.0)
    hours: float = _hours(2.0)


class CrossCheck(Params):
    """Comparison of statements with tax, invoices and bank flows.

    n independent looks, each finding a lie with chance d, find it with 1 - (1-d)^n; so the number
    of looks, and with it money and hours, is ln(1 - detection) / ln(1 - reference).
    """

    detection: float = param(
        0.25, unit="probability", ge=0, le=1, source="A: .25 base, .60 optimised",
        meaning="chance that an inflated statement is found out; 0 leaves the check out",
        cost="file_cost and officer hours (workload), by number of looks; days_to_decision, once",
    )  # fmt: skip
    reference: float = param(
        0.25, unit="probability", gt=0, lt=1, source="A: design notes, section 4",
        meaning="chance of detection that `cost` and `hours` buy",
        no_lever="price",
    )  # fmt: skip
    cost: float = _cost(200.0)
    days: float = _days(1.0)
    hours: float = _hours(1.0)

    def step(self) -> ScreeningStep:
        """Return the step that makes the check."""
        looks = math.log1p(-min(self.detection, CERTAIN)) / math.log1p(-self.reference)
        return ScreeningStep(
            "cross_check", self.detection, looks * self.cost, self.days, looks * self.hours,
            soft=False,
        )  # fmt: skip


class Investigation(Screening):
    """Gather the listed signals on every applicant."""

    kind: Literal["investigation"] = "investigation"
    suspicion: float = param(
        0.5, unit="share", ge=0, le=1, source="A: naive by half",
        meaning="share of the expected inflation that the bank subtracts from statements",
        cost="lending forgone where it is raised, since honest firms are marked down too:"
        " less is disbursed",
    )  # fmt: skip
    repeat_weight: float = param(
        1.0, unit="ratio", ge=0, le=1, source="A: takes all for fresh; D: .176 is rational",
        meaning="weight of a reading of a firm that applied here before, over a first one's; since"
        " .7 of the noise is the firm's own, a second reading adds but .3^2/(1-.7^2) = .176",
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
