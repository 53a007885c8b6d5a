"""Inspection: random visits to borrowers with live loans, more often to those in arrears."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.monitoring.base import Action, Monitoring, Watch

MAX_SUCCESS = 0.99  # a higher probability of success is priced like this one
REFERENCE_PRECISION = 1.5  # 1/instalment^2: precision for which `system_cost` is stated


class Inspection(Monitoring):
    """Inspect a share of live loans each month, and act on warnings."""

    kind: Literal["inspection"] = "inspection"
    monthly: float = param(
        0.08, unit="1/month", ge=0, le=1, source="A: .08 base, .33 optimised",
        meaning="m: prescribed probability that a loan is inspected in a month",
        cost="monitoring_cost by `inspection_cost`, officer hours (workload) by `inspection_hours`",
        extremes=(0.0, 0.5), process="inspections alarms",
    )  # fmt: skip
    in_arrears: float = param(
        1.0, unit="ratio", ge=0, le=20, source="A: 1 treats all alike",
        meaning="factor on that probability for loans in arrears",
        cost="monitoring_cost by `inspection_cost`, officer hours by `inspection_hours`",
        extremes=(0.0, 4.0), process="inspections",
    )  # fmt: skip
    inspection_cost: float = param(
        400.0, unit="CNY", ge=0, le=1e6, source="A: travel and support staff",
        meaning="cost of one inspection",
        no_lever="price",
    )  # fmt: skip
    inspection_hours: float = param(
        2.0, unit="hours", ge=0, le=200, source="A: design notes, section 5",
        meaning="officer's working time for one inspection",
        no_lever="scale",
    )  # fmt: skip
    precision: float = param(
        0.3, unit="1/instalment^2", gt=0, le=100, source="A: .3 base, 1.5 optimised",
        meaning="tau_w: inverse variance of the warning score's noise",
        cost="monitoring_cost by `system_cost`, in proportion",
        extremes=(0.03, 20.0), process="alarms_true alarms",
    )  # fmt: skip
    system_cost: float = param(
        20.0, unit="CNY per loan and month", ge=0, le=1e5, source="A: 20 where automatic",
        meaning="cost of a warning system of precision 1.5; proportional to precision",
        no_lever="price",
    )  # fmt: skip
    false_alarms: float = param(
        0.05, unit="share of healthy loans inspected", ge=0, le=1, source="A: one in twenty",
        meaning="false alarms that the bank accepts: its threshold moves toward this share",
        cost="monitoring_cost by `action_cost`: more warnings lead to more actions",
        extremes=(0.01, 0.3), process="alarms",
    )  # fmt: skip
    threshold_step: float = param(
        0.5, unit="instalments of cash a month", ge=0, le=12, source="A: no published value",
        meaning="how far a wholly wrong threshold moves in a month",
        no_lever="method",
    )  # fmt: skip
    response_lag: int = param(
        3, unit="months", ge=0, le=60, source="A: 3 base, 1 optimised",
        meaning="months from a warning to action",
        cost="monitoring_cost: a faster action needs spare staff, so its cost is multiplied by"
        " (`usual_lag` + 1) / (lag + 1); a slower one saves nothing",
        extremes=(0, 12), process="interventions",
    )  # fmt: skip
    usual_lag: int = param(
        3, unit="months", ge=0, le=60, source="A: design notes, section 5",
        meaning="months from a warning to an action at the cost of `action_cost`",
        no_lever="scale",
    )  # fmt: skip
    success: float = param(
        0.20, unit="probability", ge=0, le=1, source="A: .20 base, .35 optimised",
        meaning="probability that an action stops a diversion",
        cost="monitoring_cost by `action_cost`, which grows with success / (1 - success)",
        extremes=(0.0, 0.9), process="diversions_stopped",
    )  # fmt: skip
    action_cost: float = param(
        1_000.0, unit="CNY", ge=0, le=1e6, source="A: lawyers and visits",
        meaning="cost of one action with a probability of success of one half",
        no_lever="price",
    )  # fmt: skip
    action_hours: float = param(
        3.0, unit="hours", ge=0, le=200, source="A: an arrears case",
        meaning="officer's working time for one action",
        no_lever="scale",
    )  # fmt: skip
    reschedule: bool = param(
        True, unit="switch", source="A: design notes, section 5",
        meaning="loans in arrears are rescheduled once when the bank acts on a warning",
        cost="provision_charge: a rescheduled loan stays non-performing for a year",
        extremes=(False, True), process="rescheduled",
    )  # fmt: skip
    call: bool = param(
        False, unit="switch", source="A: design notes, section 5",
        meaning="loans with a warning and no arrears are called; the borrower repays from its cash",
        cost="interest_income forgone on what is repaid early",
        extremes=(False, True), process="early_repaid",
    )  # fmt: skip
    cut: float = param(
        0.0, unit="share of balance", ge=0, le=1, source="A: 0 base, .2 where used",
        meaning="share of the balance to be repaid early when the bank acts on a warning",
        cost="interest_income forgone on what is repaid early",
        extremes=(0.0, 0.9), process="early_repaid",
    )  # fmt: skip
    added_cover: float = param(
        0.0, unit="share of balance", ge=0, le=3, source="A: 0 base, .2 where used",
        meaning="additional collateral required when the bank acts on a warning",
        cost="monitoring_cost by `pledge_cost`",
        extremes=(0.0, 2.0), process="pledged",
    )  # fmt: skip
    pledge_cost: float = param(
        600.0, unit="CNY", ge=0, le=1e6, source="A: valuer and registration, as for a new pledge",
        meaning="cost of additional collateral worth the balance; proportional to `added_cover`",
        no_lever="price",
    )  # fmt: skip
    proceeds_check: float = param(
        0.1, unit="probability", ge=0, le=1, source="A: .1 base, .6 optimised",
        meaning="probability that the use of proceeds is checked in a loan's second month",
        cost="monitoring_cost by `proceeds_cost`, officer hours (workload) by `proceeds_hours`",
        extremes=(0.0, 1.0), process="alarms",
    )  # fmt: skip
    proceeds_cost: float = param(
        150.0, unit="CNY", ge=0, le=1e6, source="A: design notes, section 5",
        meaning="cost of checking the use of a loan's proceeds",
        no_lever="price",
    )  # fmt: skip
    proceeds_hours: float = param(
        1.0, unit="hours", ge=0, le=200, source="A: design notes, section 5",
        meaning="officer's working time for checking the use of a loan's proceeds",
        no_lever="scale",
    )  # fmt: skip

    @checked
    def _a_call_leaves_nothing_to_cut(self) -> Inspection:
        if self.call and self.cut > 0.0:
            raise ClashError(
                f"call demands the whole balance, so cut {self.cut:g} has no effect: "
                "choose one of them",
                "cut",
            )
        return self

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        late = files.dpd > 0
        return np.where(late, min(self.monthly * self.in_arrears, 1.0), self.monthly)

    def watch(self) -> Watch:
        return Watch(
            precision=self.precision,
            inspection_cost=self.inspection_cost,
            inspection_hours=self.inspection_hours,
            proceeds_check=self.proceeds_check,
            proceeds_cost=self.proceeds_cost,
            proceeds_hours=self.proceeds_hours,
            system_cost=self.system_cost * self.precision / REFERENCE_PRECISION,
            false_alarms=self.false_alarms,
            threshold_step=self.threshold_step,
        )

    def action(self) -> Action:
        success = min(self.success, MAX_SUCCESS)
        one_action = self.action_cost * success / (1.0 - success)
        speed = max(1.0, (1.0 + self.usual_lag) / (1.0 + self.response_lag))
        return Action(
            lag=self.response_lag,
            success=self.success,
            cost=one_action * speed + self.pledge_cost * self.added_cover,
            hours=self.action_hours,
            reschedule=self.reschedule,
            asked=1.0 if self.call else self.cut,
            added_cover=self.added_cover,
        )
