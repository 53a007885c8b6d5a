"""A bank in operation: its policies, its seats, and the market, which it sees only through views.

The files next to this one contain what it does, one file per task.  Only there do signals from the
environment and choices of a policy come together; each function returns a fact to be posted.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import elementwise
from sim.core.sight import Sight
from sim.core.view import View
from sim.credit.pricing import capital_charge
from sim.mechanisms.guarantees import Guarantees
from sim.policies.policy import Policy
from sim.policies.rating.base import Lesson
from sim.scenario.schema import BankParams
from sim.state.applications import APPLICATIONS
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.market import Market
from sim.state.relations import RELATIONS


class BankAtWork:
    """One bank with its policies; `lender` is its index in the market.

    Where levers have rules, `policy` holds the values that apply where no rule does, and
    `sim.model.segments` gives the bank of each segment.
    """

    def __init__(
        self,
        lender: int,
        name: str,
        policy: BankParams,
        firms_per_run: int,
        sectors: Sequence[str] = (),
        guarantees: Guarantees | None = None,
        closed: bool = False,
    ):
        self.closed = closed  # not in the product yet: see sim.model.newcomers
        self.lender = lender
        self.name = name
        self.policy = policy
        self.firms_per_run = firms_per_run
        self.sectors = sectors  # their names
        self.guarantees = guarantees or Guarantees()  # that firms of its market bring
        self.lessons: list[Lesson] = []
        self._costs: tuple[BankParams, list[list[Policy]], dict[float, float]] | None = None
        self.staff_for(0)

    def staff_for(self, month: int) -> None:
        """Take the officers that are planned for a month, and what the bank costs with them."""
        firms, staffing = self.firms_per_run, self.policy.staffing
        self.seats = self.seats_in(month)
        # officers, part-time ones as shares
        self.full_time = staffing.full_time(firms, self._grown(month))
        self.yearly_cost = self.yearly_cost_with(self.full_time)
        self.planned_loans = staffing.planned_loans(firms, self._grown(month))
        self.planned_cost_per_loan = self._planned_cost_per_loan()

    def seats_in(self, month: int) -> int:
        """Return the number of officers in a month; it changes where staffing follows the plan."""
        return self.policy.staffing.seats(self.firms_per_run, self._grown(month))

    def yearly_cost_with(self, full_time: float) -> float:
        """Return what the bank costs with so many officers, CNY a year, independent of lending."""
        # asked again every month: the same officers cost the same, under one policy
        if self._costs is None or self._costs[0] is not self.policy:
            self._costs = self.policy, [*_policies(self.policy)], {}
        _, policies, known = self._costs
        if full_time not in known:
            firms = self.firms_per_run
            known[full_time] = self.policy.branch_cost * firms + sum(
                max(part.yearly_cost(firms, full_time) for part in parts) for parts in policies
            )
        return known[full_time]

    def _grown(self, month: int) -> float:
        """Return planned loans over those at month 1; 1 without a plan."""
        growth = 1.0 + self.policy.growth_target
        return float(growth ** (max(month, 0) / 12.0)) if growth > 0.0 else 1.0

    @property
    def learns(self) -> bool:
        """Whether this bank's rating learns from old loans."""
        return self.policy.rating.learns_every > 0

    @property
    def prescribed_days(self) -> float:
        """Days to decision if every step is carried out and no file waits for an officer."""
        approval = self.policy.approval
        review = approval.review_days if approval.review_precision > 0.0 else 0.0
        return approval.days + review + sum(step.days for step in self.policy.screening.steps())

    def view(self, market: Market, rows: Rows, sight: Sight = Sight.SOFT) -> View:
        """Return what this bank's officers may see of the firms in `rows`."""
        return View(
            f"bank '{self.name}'",
            sight,
            rows,
            (FIRMS, market.firms),
            (APPLICATIONS, market.requests[self.lender]),
            (LOANS, market.loans),
            (RELATIONS, market.file_of(self.lender)),
        )

    def capital_charge(self, mean_pd: Floats, tax_rate: float) -> Floats:
        """Return what the cost of capital adds to a rate, 1/year, shape of `mean_pd`.

        The capital is the bank's target for loans with a mean PD of `mean_pd`.
        """
        capital = self.policy.capital
        each = _charge_of_capital(self.policy.return_aim, tax_rate)
        return each * (capital.target * capital.risk_weight(mean_pd))

    def _planned_cost_per_loan(self) -> float:
        """People, branch and systems over planned loans, CNY a year per loan.

        It follows from what the bank plans, not from how large its book is.  A bank that plans no
        number of loans takes `cost_per_loan`.
        """
        staffing = self.policy.staffing
        if self.planned_loans == 0.0:
            return self.policy.cost_per_loan
        people = staffing.salaries(self.full_time) + staffing.training(self.full_time)
        return (12.0 * people + self.yearly_cost) / self.planned_loans

    @property
    def decision_cost(self) -> float:
        """CNY spent on a file when it is decided, whether approved or refused."""
        return self.policy.approval.decision_cost + self.policy.collateral.search_cost

    def execution(self, market: Market, rows: Rows) -> Floats:
        """Return the chance that a prescribed step is carried out for each row, shape (n,)."""
        return self.execution_rate(market)[market.firms.run[rows]]

    def execution_rate(self, market: Market) -> Floats:
        """Return the share of prescribed steps that is carried out in each run, shape (runs,)."""
        staffing = self.policy.staffing
        culture = market.books.culture[market.books_at(self.lender)]
        return np.asarray(
            _carried_out(culture, staffing.execution_base, staffing.execution_by_culture)
        )

    def expected_file_cost(self, market: Market) -> Floats:
        """Return what the bank expects a file to cost in each run, shape (runs,), CNY."""
        return self.decision_cost + self.expected_step_cost(market)

    def expected_step_cost(self, market: Market) -> Floats:
        """Return what it expects the steps of a file to cost in each run, shape (runs,), CNY.

        Of the prescribed steps it is the share that is carried out.
        """
        return self.policy.screening.file_cost * self.execution_rate(market)


def _policies(bank: BankParams) -> Iterator[list[Policy]]:
    """Yield each policy of a bank that has a running cost, in all the forms that its rules give it.

    What runs for a part of the firms has its full running cost: the most expensive form is charged.
    """
    variants = bank.variants if bank.conditions else []
    for family, policy in bank:
        if isinstance(policy, Policy):
            forms = [policy, *(getattr(variant, family) for variant in variants)]
            if any(type(form).yearly_cost is not Policy.yearly_cost for form in forms):
                yield forms


@elementwise
def _carried_out(culture, base, by_culture):  # type: ignore[no-untyped-def]
    return min(base + by_culture * culture, 1.0)


@functools.cache
def _charge_of_capital(return_aim: float, tax_rate: float) -> float:
    """Return what capital as large as the loan would add to its rate, 1/year."""
    return float(capital_charge(1.0, return_aim, tax_rate))
