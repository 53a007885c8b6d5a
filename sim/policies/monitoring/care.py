"""Post-loan care: visits, a check of papers, account data, and actions that end in something."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.monitoring.base import Action, Monitoring, Watch
from sim.state.market import NEVER

MAX_SUCCESS = 0.99  # a higher probability of success is priced like this one
REFERENCE_PRECISION = 1.5  # 1/sd^2: precision of account data for which `system_cost` is stated


class Care(Monitoring):
    """Look at borrowers by visits, papers and account data, and act on what is seen."""

    kind: Literal["care"] = "care"
    monthly: float = param(
        0.08, unit="1/month", ge=0, le=1, source="A: .08 base, .33 optimised",
        meaning="m: prescribed probability that a borrower is visited in a month",
        cost="monitoring_cost by `inspection_cost`, officer hours (workload) by `inspection_hours`",
        extremes=(0.0, 0.5), process="inspections caught detection",
    )  # fmt: skip
    in_arrears: float = param(
        1.0, unit="ratio", ge=0, le=20, source="A: 1 treats all alike",
        meaning="factor on that probability for loans in arrears",
        cost="monitoring_cost by `inspection_cost`, officer hours by `inspection_hours`",
        extremes=(0.0, 4.0), process="inspections",
    )  # fmt: skip
    warned: float = param(
        1.0, unit="ratio", ge=0, le=20, source="A: 1 treats all alike",
        meaning="factor on that probability for loans under a warning",
        cost="monitoring_cost by `inspection_cost`, officer hours by `inspection_hours`",
        extremes=(0.0, 12.0), process="inspections caught detection",
    )  # fmt: skip
    close_watch: bool = param(
        False, unit="switch", source="A: close watch of warned borrowers",
        meaning="borrowers under a warning are to be visited each month",
        cost="monitoring_cost by `inspection_cost`, officer hours by `inspection_hours`",
        extremes=(False, True), process="inspections",
    )  # fmt: skip
    inspection_cost: float = param(
        400.0, unit="CNY", ge=0, le=1e6, source="A: travel and support staff",
        meaning="cost of one visit",
        no_lever="price",
    )  # fmt: skip
    inspection_hours: float = param(
        1.4, unit="hours", ge=0, le=200, source="A: with `precision_hours` 2 hours in the base",
        meaning="officer's working time for one visit at which nothing is examined",
        no_lever="scale",
    )  # fmt: skip
    precision: float = param(
        0.3, unit="1/sd^2", ge=0, le=100, source="A: .3 sees one in five, 1.5 three in five",
        meaning="tau_v: how closely a visit examines; at 0 it sees nothing",
        cost="officer hours (workload) by `precision_hours`",
        extremes=(0.0, 5.0), process="detection alarms caught",
    )  # fmt: skip
    precision_hours: float = param(
        2.0, unit="hours per unit of precision", ge=0, le=200, source="A: stock and books counted",
        meaning="officer's working time that precision adds to one visit",
        no_lever="scale",
    )  # fmt: skip
    proceeds_check: float = param(
        0.1, unit="probability", ge=0, le=1, source="A: .1 base, .6 optimised",
        meaning="probability that papers on the use of proceeds are checked, once a loan",
        cost="monitoring_cost by `proceeds_cost`, officer hours (workload) by `proceeds_hours`",
        extremes=(0.0, 1.0), process="caught detection",
    )  # fmt: skip
    check_month: int = param(
        3, unit="months", ge=1, le=60, source="A: what was lent is spent by then",
        meaning="months after disbursement in which the papers are checked",
        no_lever="method",
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
    accounts: float = param(
        0.3, unit="1/sd^2", ge=0, le=100, source="A: .3 base, 1.5 optimised; 0 is no system",
        meaning="tau_a: precision of what account data say of stress",
        cost="monitoring_cost by `system_cost`, in proportion",
        extremes=(0.0, 5.0), process="alarms warned_defaults detection",
    )  # fmt: skip
    system_cost: float = param(
        20.0, unit="CNY per loan and month", ge=0, le=1e5, source="A: 20 where automatic",
        meaning="cost of account data of precision 1.5; proportional to precision",
        no_lever="price",
    )  # fmt: skip
    false_alarms: float = param(
        0.05, unit="share", gt=0, lt=1, source="A: one in twenty",
        meaning="false alarms accepted, of loans that pay by account data and of visits to others",
        cost="monitoring_cost by `action_cost`: more warnings lead to more actions",
        extremes=(0.01, 0.3), process="alarms interventions",
    )  # fmt: skip
    quiet_months: int = param(
        6, unit="months", ge=0, le=120, source="A: as long as account data say the same",
        meaning="months after an action in which no warning is raised on the same loan; after one"
        " that a chance warning led to, none by chance",
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
        meaning="probability that an action proves a misuse; each finding of a visit adds a trial",
        cost="monitoring_cost by `action_cost`, which grows with success / (1 - success)",
        extremes=(0.0, 0.9), process="caught detection",
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
    call_misuse: bool = param(
        True, unit="switch", source="R: misuse is an event of default in loan contracts",
        meaning="a loan is called where misuse is proven; the borrower repays from its cash",
        cost="interest_income forgone on what is repaid early",
        extremes=(False, True), process="called_for_misuse",
    )  # fmt: skip
    reschedule: bool = param(
        True, unit="switch", source="A: design notes, section 5",
        meaning="loans in arrears are rescheduled once on a warning that saw trouble",
        cost="monitoring_cost by `contract_cost`",
        extremes=(False, True), process="rescheduled",
    )  # fmt: skip
    ease: bool = param(
        True, unit="switch", source="A: a longer term before arrears, no restructuring",
        meaning="the term of a loan that pays, if cash is short, is lengthened once, on a warning"
        " that saw trouble",
        cost="monitoring_cost by `contract_cost`",
        extremes=(False, True), process="eased",
    )  # fmt: skip
    contract_cost: float = param(
        300.0, unit="CNY", ge=0, le=1e6, source="A: papers, signatures, registration",
        meaning="cost of changing the contract of one loan, rescheduled or eased",
        no_lever="price",
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

    @checked
    def _a_call_leaves_nothing_to_cut(self) -> Care:
        if self.call and self.cut > 0.0:
            raise ClashError(
                f"call demands the whole balance, so cut {self.cut:g} has no effect: "
                "choose one of them",
                "cut",
            )
        return self

    @property
    def calls_misuse(self) -> bool:
        return self.call_misuse

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        warned = files.alarm != NEVER
        chance = np.where(files.dpd > 0, self.monthly * self.in_arrears, self.monthly)
        if_warned = 1.0 if self.close_watch else chance * self.warned
        return np.minimum(np.where(warned, if_warned, chance), 1.0)

    def watch(self) -> Watch:
        return self._watch

    @cached_property
    def _watch(self) -> Watch:
        return Watch(
            precision=self.precision,
            inspection_cost=self.inspection_cost,
            inspection_hours=self.inspection_hours + self.precision_hours * self.precision,
            proceeds_check=self.proceeds_check,
            proceeds_cost=self.proceeds_cost,
            proceeds_hours=self.proceeds_hours,
            system_cost=self.system_cost * self.accounts / REFERENCE_PRECISION,
            false_alarms=self.false_alarms,
            check_month=self.check_month,
            accounts=self.accounts,
            quiet_months=self.quiet_months,
        )

    def action(self) -> Action:
        return self._action

    @cached_property
    def _action(self) -> Action:
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
            ease=self.ease,
            contract_cost=self.contract_cost,
        )
