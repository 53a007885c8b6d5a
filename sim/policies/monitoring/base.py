"""The base of the monitoring policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.policy import Policy


class Watch(NamedTuple):
    """The cost and precision of monitoring live loans."""

    precision: float = 0.0  # 1/sd^2, of a visit; 0: it sees nothing
    inspection_cost: float = 0.0  # CNY
    inspection_hours: float = 0.0
    proceeds_check: float = 0.0  # probability that the use of a new loan is checked
    proceeds_cost: float = 0.0  # CNY
    proceeds_hours: float = 0.0
    system_cost: float = 0.0  # CNY per loan and month
    false_alarms: float = 0.05  # accepted share: of visits, and of loans that pay by account data
    check_month: int = 1  # of a loan in which the use of its proceeds is checked
    accounts: float = 0.0  # precision of account data; 0: none are read
    quiet_months: int = 0  # after an action on trouble seen, in which no warning is raised


class Action(NamedTuple):
    """The action taken on a warning."""

    lag: int = 1_000_000  # months from the warning; where no action is taken, longer than any run
    success: float = 0.0  # probability that it proves what one look saw
    cost: float = 0.0  # CNY
    hours: float = 0.0
    reschedule: bool = False
    asked: float = 0.0  # share of balance to be repaid at once
    added_cover: float = 0.0  # share of balance to be pledged in addition
    ease: bool = False  # a longer term for who pays and is short of cash
    contract_cost: float = 0.0  # CNY for each contract that is changed


class Monitoring(Policy):
    """How a bank monitors loans and acts on warnings."""

    process: ClassVar[str] = "inspections alarms caught"  # what another kind moves

    evergreening: float = param(
        0.0, unit="probability", ge=0, le=1, source="A: switch; .3 where on",
        meaning="probability that a bank with a weak risk culture rolls over a loan in arrears",
        no_lever="conduct",
    )  # fmt: skip
    evergreening_below: float = param(
        0.5, unit="ratio", ge=0, le=1, source="A: design notes, section 5",
        meaning="risk culture below which loans in arrears are rolled over",
        no_lever="conduct",
    )  # fmt: skip
    extra_months: int = param(
        6, unit="months", ge=1, le=120, source="A: design notes, section 5",
        meaning="months that a rescheduling or a roll-over adds to the term",
        cost="provision_charge where it is raised: a rescheduled loan is repaid later",
        extremes=(1, 60), process="remaining_term",
        acts_with={"monitoring.evergreening": 0.5},
    )  # fmt: skip

    @property
    def looks(self) -> bool:
        """Whether live loans are looked at, as `sim.model.care` says."""
        return True

    @property
    def calls_misuse(self) -> bool:
        """Whether the bank calls a loan whose misuse is proven, which borrowers know."""
        return False

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        """Return the monthly probability that each borrower is visited, shape (n,).

        Called only if the policy `looks`.
        """
        raise NotImplementedError(f"{type(self).__name__} must define `inspection_chance`")

    def watch(self) -> Watch:
        """Return the cost and precision of monitoring; the default where there is none."""
        return Watch()

    def action(self) -> Action:
        """Return the action on a warning; the default where no warning is raised."""
        return Action()
