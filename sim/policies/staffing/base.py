"""The base of the staffing policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.policies.policy import Policy
from sim.policies.supervision import Supervision
from sim.state.pay import Pay

FOR_GOOD = 1e6  # months: nobody has to leave
LEAST_GAP = 0.05  # a risk culture nearer to 1 costs no more


class Staffing(Policy):
    """How a bank is staffed, and how it ensures that rules are followed."""

    process: ClassVar[str] = "salaries belief_variance"  # what another kind moves

    culture: float = param(
        0.4, unit="ratio", ge=0, le=1, source="A: .4 base, .8 optimised",
        meaning="risk culture that the bank aims at, from 0 to 1",
        cost="fixed_cost, by `culture_cost`",
        extremes=(0.1, 0.9), process="culture inspections",
    )  # fmt: skip
    culture_cost: float = param(
        20_000.0, unit="CNY a year per officer", ge=0, le=1e7, source="A: workshops, management",
        meaning="cost of a risk culture of one half; it grows with culture / (1 - culture)",
        no_lever="price",
    )  # fmt: skip
    culture_lag: float = param(
        18.0, unit="months", ge=1, le=600, source="A: 12-24 months",
        meaning="time constant of the adjustment of risk culture to its target",
        no_lever="nature",
    )  # fmt: skip
    execution_base: float = param(
        0.3, unit="probability", ge=0, le=1, source="A: .6 at culture .4, .9 at .8",
        meaning="probability that a prescribed step is carried out at a risk culture of 0",
        no_lever="nature",
    )  # fmt: skip
    execution_by_culture: float = param(
        0.75, unit="probability per unit", ge=0, le=1, source="A: .6 at culture .4, .9 at .8",
        meaning="increase in that probability with risk culture",
        no_lever="nature",
    )  # fmt: skip

    audit: float = param(
        0.05, unit="share of files", ge=0, le=1, source="A: .05 base, .25 optimised",
        meaning="share of decided applications that internal audit reviews; it detects some of the"
        " officers' favours",
        cost="fixed_cost by `audit_cost`",
        extremes=(0.0, 0.9), process="culture inspections",
    )  # fmt: skip
    audit_cost: float = param(
        800.0, unit="CNY a file", ge=0, le=1e6, source="A: design notes, section 4",
        meaning="cost of auditing one application",
        no_lever="price",
    )  # fmt: skip
    audit_effect: float = param(
        1.25, unit="culture per unit", ge=0, le=5, source="A: swept",
        meaning="increase in the target risk culture with the share of files at which an audit"
        " finds that a step was left out, in a month of `audit_files`",
        no_lever="nature",
    )  # fmt: skip
    audit_files: float = param(
        24.0, unit="files a month per officer", gt=0, le=1e4,
        source="D: base case, 23.5 over 36 months and 24 seeds",
        meaning="files decided in a month in which an audit raises culture by `audit_effect`; the"
        " effect is in proportion to the files decided, of which it opens the share `audit`",
        no_lever="nature",
    )  # fmt: skip

    prospecting: float = param(
        6.0, unit="ratio", ge=0, le=100, source="A: seven times the usual search at most; swept",
        meaning="the most that a bank adds to its officers' prospecting, over usual, to meet its"
        " growth plan; it adds what the plan needs, and prospects less where less is needed; 0:"
        " the plan changes no prospecting; counts if firms respond to prospecting",
        cost="fixed_cost by `marketing_cost`",
        extremes=(0.0, 12.0), process="applications",
        acts_with={"firms.prospects.respond": True},
    )  # fmt: skip
    search_memory: float = param(
        3.0, unit="months", gt=0, le=600, source="A: plans are reviewed by the quarter",
        meaning="half-life of what the bank remembers of the applicants, loans and open files that"
        " its prospecting brought, by which it plans its search",
        no_lever="method",
    )  # fmt: skip
    marketing_cost: float = param(
        500.0, unit="CNY", ge=0, le=1e6,
        source="D: 4 of an officer's hours, as the base's officers need for an application",
        meaning="cost of finding one application at the usual pace of prospecting; what a plan asks"
        " for beyond officers' own hours is paid by the hour, so at twice the pace, which finds"
        " fewer than twice as many, each costs more",
        no_lever="price",
    )  # fmt: skip

    def culture_aim(self, left_out: Floats) -> Floats:
        """Return the target risk culture in each run, (runs,), 0 to 1.

        `left_out` (runs,) are the prescribed steps that were not carried out in the files decided
        this month, over all steps in the files of a usual month: an audit that finds nothing left
        out changes nobody, and one that opens few files changes little.
        """
        return np.minimum(self.culture + self.audit_effect * self.audit * left_out, 1.0)

    def yearly_cost(self, firms: int, seats: float) -> float:
        culture_odds = self.culture / max(1.0 - self.culture, LEAST_GAP)
        return self.culture_cost * culture_odds * seats

    @property
    def people(self) -> bool:
        """Whether officers have limited time, learn and leave; if not, steps have full effect."""
        return True

    def supervisor(self) -> Supervision:
        """How officers are supervised."""
        return Supervision()

    @property
    def hard_to_experienced(self) -> bool:
        """Whether new clients go to the officers with the most experience."""
        return False

    @property
    def month_hours(self) -> float:
        """Hours that an officer can work in a month."""
        raise NotImplementedError(f"{type(self).__name__} must define `month_hours`")

    def planned_loans(self, firms: int, plan: float = 1.0) -> float:
        """Return the number of live loans that the bank plans for; 0 where it has no plan.

        `plan` is what it plans to lend over what it lent at month 1.
        """
        return 0.0

    def hours(self, files: Floats, loans: Floats, late: Floats) -> Floats:
        """Return the officers' work this month, (m,) hours.

        `files` (m,) are the hours for this month's applications and visits, `loans` (m,) the number
        of live loans in their portfolios, `late` (m,) the number in arrears.
        """
        return files

    def salaries(self, seats: float) -> float:
        """Return monthly pay, CNY."""
        return 0.0

    def training(self, seats: float) -> float:
        """Return the monthly cost of training, retention and rotation, CNY."""
        return 0.0

    @property
    def bonus_rate(self) -> float:
        """Bonus pool over principal lent."""
        return 0.0

    @property
    def deferred(self) -> float:
        """Share of the bonus that is deferred."""
        return 0.0

    @property
    def bonus_months(self) -> float:
        """Months over which a deferred bonus is paid out; without a bonus plan, at once."""
        return 1.0

    @property
    def time_pressure(self) -> float:
        """How strongly pay rewards volume, 0 to 1."""
        return 0.0

    def pay(self) -> Pay:
        """The bonus plan, as officers who choose how to work see it."""
        return Pay()

    @property
    def leaving(self) -> float:
        """Monthly probability that an officer leaves."""
        return 0.0

    def months_at_desk(self, month: int) -> float:
        """Return for how many months officers know that they stay at their desks."""
        return FOR_GOOD

    def rotates(self, month: int) -> bool:
        """Return whether officers rotate to other branches this month."""
        return False

    @property
    def takeover_hours(self) -> float:
        """Hours that the successor spends on each loan taken over when officers rotate."""
        return 0.0

    @property
    def replacing(self) -> float:
        """CNY spent on the replacement of each dismissed officer."""
        return 0.0

    @property
    def time_to_learn(self) -> float:
        """Time constant of officers' learning, months."""
        return 1.0

    def seats(self, firms: int, plan: float = 1.0) -> int:
        """Return the number of officers for a market of `firms` firms.

        `plan` is what the bank plans to lend over what it lent at month 1.
        """
        raise NotImplementedError(f"{type(self).__name__} must define `seats`")

    def full_time(self, firms: int, plan: float = 1.0) -> float:
        """Return the same in full-time officers: the last seat may be part-time."""
        return float(self.seats(firms, plan))
