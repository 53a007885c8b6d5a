"""Investigation: a list of signals, each with a precision, a price, days and officer hours.

A precision of 0 leaves a signal out.  The precisions of what officers sense hold at full effort
and experience; what the officer at hand reaches is less.
"""

from __future__ import annotations

from typing import Literal

from sim.core.params import Params, group, param
from sim.policies.screening import Screening, Step


class SignalPlan(Params):
    """How one signal is gathered."""

    precision: float = param(
        0.0, unit="1/sd^2", ge=0, le=100, source="A: MODEL.md section 4, swept",
        meaning="inverse variance of the reading's noise; 0 leaves the signal out",
        cost="file_cost (CNY), officer hours, days to decision",
    )  # fmt: skip
    cost: float = param(
        0.0, unit="CNY", ge=0, le=1e6, source="A: MODEL.md section 4",
        meaning="price of gathering it once",
    )  # fmt: skip
    days: float = param(
        0.0, unit="days", ge=0, le=365, source="A: MODEL.md section 4",
        meaning="days that it adds to the decision",
    )  # fmt: skip
    hours: float = param(
        0.0, unit="hours", ge=0, le=200, source="A: MODEL.md section 4",
        meaning="officer's time that it takes",
    )  # fmt: skip


class CrossCheck(Params):
    """Comparison of statements with tax, invoices and bank flows."""

    detection: float = param(
        0.25, unit="probability", ge=0, le=1, source="A: .25 base, .60 optimised",
        meaning="chance that an inflated statement is found out; 0 leaves the check out",
        cost="file_cost (CNY), officer hours, days to decision",
    )  # fmt: skip
    cost: float = param(
        200.0, unit="CNY", ge=0, le=1e6, source="A: MODEL.md section 4",
        meaning="price of one check",
    )  # fmt: skip
    days: float = param(
        1.0, unit="days", ge=0, le=365, source="A: MODEL.md section 4",
        meaning="days that it adds to the decision",
    )  # fmt: skip
    hours: float = param(
        1.0, unit="hours", ge=0, le=200, source="A: MODEL.md section 4",
        meaning="officer's time that it takes",
    )  # fmt: skip


class Investigation(Screening):
    """Gather the listed signals on every applicant."""

    kind: Literal["investigation"] = "investigation"
    statements: SignalPlan = group(lambda: SignalPlan(precision=3, cost=300, days=2, hours=2))
    cross_check: CrossCheck = group(CrossCheck)
    bureau: SignalPlan = group(lambda: SignalPlan(precision=0, cost=20))
    site_visit: SignalPlan = group(lambda: SignalPlan(precision=5, cost=500, days=2, hours=4))
    owner_visit: SignalPlan = group(lambda: SignalPlan(precision=0, cost=200, days=1, hours=2))
    partners: SignalPlan = group(lambda: SignalPlan(precision=0, cost=150, days=1, hours=2))

    def steps(self) -> tuple[Step, ...]:
        check = self.cross_check
        planned = [
            _step("statements", self.statements),
            Step("cross_check", check.detection, check.cost, check.days, check.hours, soft=False),
            _step("bureau", self.bureau),
            _step("site_visit", self.site_visit, soft=True),
            _step("owner_visit", self.owner_visit, soft=True),
            _step("partners", self.partners),
        ]
        return tuple(step for step in planned if step.precision > 0.0)


def _step(name: str, plan: SignalPlan, soft: bool = False) -> Step:
    return Step(name, plan.precision, plan.cost, plan.days, plan.hours, soft)
