"""A bank at work: its policies, its people, and the market that it sees only through views.

This is the only place where what nature shows and what a policy chooses meet.  Each method returns
a fact to be posted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.sight import Sight
from sim.core.view import View
from sim.credit.belief import update_dimensions_on_outcome
from sim.model import lending, pricing
from sim.model.investigation import investigate
from sim.policies.rating import Lesson
from sim.policies.staffing.officers import Officers
from sim.scenario.schema import Bank, Economy, Firms
from sim.state.applications import APPLICATIONS
from sim.state.archive import Archive
from sim.state.economy import SECTORS
from sim.state.facts import (
    Decided, Demanded, Floats, Intervened, Investigated, Learned, Rows, RolledOver, RunningCosts,
    ShadowsBegun, Staffed, Watched,
)  # fmt: skip
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.market import NEVER, Market
from sim.state.relations import RELATIONS
from sim.world import conduct, response, warnings


class BankAtWork:
    """One bank with its policies; `lender` is its index in the market."""

    def __init__(self, lender: int, name: str, policy: Bank, firms_per_run: int):
        self.lender = lender
        self.name = name
        self.policy = policy
        self.seats = policy.staffing.seats(firms_per_run)
        self.firms_per_run = firms_per_run
        self.lessons: list[Lesson] = []

    @property
    def learns(self) -> bool:
        """Whether this bank's rating learns from old loans."""
        return self.policy.rating.learns_every > 0

    def learn(self, archive: Archive, market: Market, month: int) -> None:
        """Learn once a year from loans old enough to have shown how they end."""
        rating = self.policy.rating
        if not self.learns or (month - 1) % rating.learns_every:
            return
        before = month - MATURE
        self.lessons = [
            rating.learn(*archive.experience(self.lender, run, before, rating.uses_bureau))
            for run in range(market.runs)
        ]

    def view(self, market: Market, rows: Rows, sight: Sight = Sight.SOFT) -> View:
        """Return what this bank's officers may see of the firms in `rows`."""
        return View(
            f"bank '{self.name}'",
            sight,
            rows,
            (FIRMS, market.firms),
            (APPLICATIONS, market.applications),
            (LOANS, market.loans),
            (RELATIONS, market.file_of(self.lender)),
        )

    def execution(self, market: Market, rows: Rows) -> Floats:
        """Return the chance that a prescribed step is carried out for each row, shape (n,)."""
        staffing = self.policy.staffing
        culture = market.books.culture[market.books_of(rows, self.lender)]
        rate = staffing.execution_base + staffing.execution_by_culture * culture
        return np.minimum(rate, 1.0)

    def investigate(self, market: Market, demanded: Demanded, firms: Firms) -> Investigated:
        """Gather signals on this month's new applicants and form a belief about each."""
        return investigate(self, market, demanded, firms)

    def decide(self, market: Market, firms: Firms, economy: Economy) -> Decided:
        """Decide the applications that are due, and see which offers are taken."""
        return lending.decide(self, market, firms, economy)

    def shadow(
        self, market: Market, decided: Decided, firms: Firms, economy: Economy
    ) -> ShadowsBegun:
        """Begin shadow loans for a sample of the applications just decided."""
        return lending.shadow_loans(self, market, decided, firms, economy)

    def quote(self, market: Market, rows: Rows, economy: Economy) -> Floats:
        """Return the rate offered for the requests in `rows`, shape (n,), 1/year."""
        basis = pricing.basis(self, market, rows, economy)
        return self.policy.pricing.rate(self.view(market, rows), basis)

    def watch(self, market: Market) -> Watched:
        """Inspect live loans and raise warnings."""
        policy, live = self.policy.monitoring, market.live_at(self.lender)
        execution = self.execution(market, live)
        chance = policy.inspection_chance(self.view(market, live)) * execution
        rows = live[warnings.visited(market, live, self.lender, chance)]
        second = market.loans.granted[live] == market.month - 1
        new, chance = live[second], policy.proceeds_check * execution[second]
        checked = new[warnings.use_checked(market, new, self.lender, chance)]
        score = warnings.score(market, rows, self.lender, policy.precision)
        threshold = market.books.threshold[market.books_of(rows, self.lender)]
        return Watched(
            lender=self.lender,
            inspected=rows,
            alarmed=score > threshold,
            healthy=market.loans.dpd[rows] == 0,
            checked=checked,
            misused=market.firms.diverting[checked],
            check_cost=policy.proceeds_cost,
            check_hours=policy.proceeds_hours,
            cost=np.full(rows.size, policy.inspection_cost),
            hours=np.full(rows.size, policy.inspection_hours),
        )

    def roll_over(self, market: Market) -> RolledOver:
        """Renew some loans that fall behind, where culture is weak and the bank lets it pass."""
        policy, loans = self.policy.monitoring, market.loans
        rows = market.live_at(self.lender)[:0]
        if policy.evergreening > 0.0:
            live = market.live_at(self.lender)
            culture = market.books.culture[market.books_of(live, self.lender)]
            weak = (loans.behind[live] > 0.0) & (culture < policy.evergreening_below)
            rows = live[weak & ~loans.defaulted[live]]
            rows = rows[conduct.rolled_over(market, rows, self.lender, policy.evergreening)]
        instalment = lending.level_instalment(
            loans.balance[rows], loans.rate[rows], loans.remaining[rows] + policy.extra_months
        )
        return RolledOver(self.lender, rows, instalment, policy.extra_months)

    def step_in(self, market: Market) -> Intervened:
        """Act on warnings that are old enough to have reached someone who acts."""
        policy, live, loans = self.policy.monitoring, market.live_at(self.lender), market.loans
        alarm = loans.alarm[live]
        rows = live[(alarm != NEVER) & (market.month - alarm >= policy.response_lag)]
        late = loans.dpd[rows] > 0
        fresh = ~loans.rescheduled[rows] & ~loans.defaulted[rows]
        reschedule = late & fresh if policy.reschedule else np.zeros(rows.size, bool)
        asked = 1.0 if policy.call else policy.cut
        called = np.where(late, 0.0, response.repaid_on_call(market, rows, asked))
        odds = policy.success / max(1.0 - policy.success, 0.01)
        return Intervened(
            lender=self.lender,
            rows=rows,
            stopped=response.stops_diverting(market, rows, policy.success),
            rescheduled=reschedule,
            instalment=lending.level_instalment(
                loans.balance[rows], loans.rate[rows], loans.remaining[rows] + policy.extra_months
            ),
            extra_months=policy.extra_months,
            called=called,
            added=policy.added_cover * loans.balance[rows],
            cost=np.full(rows.size, policy.action_cost * odds),
            hours=np.full(rows.size, policy.action_hours),
        )

    def learn_from_behaviour(self, market: Market) -> Learned:
        """Follow, each quarter of a loan's life, whether its borrower pays.

        Falling behind is a probit outcome of quality; the belief is matched to its posterior.
        """
        file, live = market.file_of(self.lender), market.live_at(self.lender)
        if not self.policy.screening.learns_from_behaviour:
            live = live[:0]
        age = market.month - market.loans.granted[live]
        rows = live[(age > 0) & (age % QUARTER == 0) & ~market.loans.defaulted[live]]
        mean, variance = update_dimensions_on_outcome(
            self.policy.rating.weights(),
            file.belief_mean[:, rows],
            file.belief_variance[:, rows],
            market.loans.dpd[rows] > 0,
            BEHIND_LEVEL,
            BEHIND_SLOPE,
        )
        return Learned(self.lender, rows, mean, variance)

    def running_costs(self, market: Market) -> RunningCosts:
        """Return salaries, training, bonus, systems and the branch, of each run."""
        policy, staffing = self.policy, self.policy.staffing
        mine = market.books_at(self.lender)
        page, firms = market.ledger, self.firms_per_run
        one = np.ones(market.runs)
        climate = staffing.culture / max(1.0 - staffing.culture, 0.05)
        fixed = policy.branch_cost * firms / 12.0
        fixed += policy.rating.yearly_cost * firms / 12_000.0
        fixed += policy.products.yearly_cost * firms / 12_000.0
        fixed += staffing.culture_cost * climate * self.seats / 12.0
        audited = staffing.audit * staffing.audit_cost * page.decided[mine]
        salaries = training = 0.0
        bonus = deferred = released = np.zeros(market.runs)
        if isinstance(staffing, Officers):
            salaries = staffing.salary * self.seats
            training = staffing.retention_cost / max(staffing.turnover_monthly, 0.001) * self.seats
            fixed += staffing.specialised * staffing.team_cost * firms / 12_000.0
            training += staffing.training * staffing.training_cost / 12.0 * self.seats
            premium = 1.0 + staffing.deferral * staffing.deferral_premium
            bonus = staffing.bonus * premium * page.disbursed[mine]
            deferred = staffing.deferral * bonus
            released = market.books.deferred_bonus[mine] / BONUS_WAITS
        return RunningCosts(
            lender=self.lender,
            salaries=salaries * one,
            training=training * one,
            bonus=bonus,
            bonus_deferred=deferred,
            bonus_released=released,
            monitoring=policy.monitoring.system_cost * page.loans[mine],
            fixed=fixed + audited,
        )

    def staff(self, market: Market) -> Staffed:
        """Close the officers' month: how busy, how careful, who leaves, and the bank's climate."""
        staffing, mine = self.policy.staffing, market.books_at(self.lender)
        officers = np.flatnonzero(market.officers.lender == self.lender)
        pressure = self.volume_pressure(market)
        culture = market.books.culture[mine]
        culture = culture + (staffing.culture_aim - culture) / staffing.culture_lag
        if not isinstance(staffing, Officers):
            ones = np.ones(officers.size)
            return Staffed(
                self.lender, officers, 0 * ones, 0 * ones, ones, officers[:0], culture, pressure
            )
        live = market.live_at(self.lender)
        seat = market.officer_rows(live, self.lender, market.loans.seat[live])
        size = market.officers.key.size
        loans = np.bincount(seat, minlength=size)
        late = np.bincount(seat[market.loans.dpd[live] > 0], minlength=size)
        hours = market.officers.hours + staffing.hours_per_loan * loans
        hours = staffing.routine * (hours + staffing.hours_per_arrears * late)[officers]
        workload = hours / staffing.month_hours
        haste = staffing.volume_bonus * (1.0 - staffing.deferral)
        haste = haste * pressure[market.officers.run[officers]]
        return Staffed(
            lender=self.lender,
            officers=officers,
            caseload=loans[officers].astype(float),
            workload=workload,
            effort=conduct.effort(market.officers.diligence[officers], workload, haste),
            leaving=conduct.leavers(market, officers, staffing.turnover_monthly),
            culture=culture,
            pressure=pressure,
        )

    def volume_pressure(self, market: Market) -> Floats:
        """Return how far volume is behind plan in each run, 0 to 1, shape (runs,).

        VP = clip((target - actual) / (.1 target), 0, 1), target = B_0 (1 + tau_g)^(t/12).
        """
        if market.month < 1:
            return np.zeros(market.runs)
        mine = market.books_at(self.lender)
        years = market.month / 12.0
        target = market.books.volume_base[mine] * (1.0 + self.policy.growth_target) ** years
        behind = (target - market.books.gross_loans[mine]) / np.maximum(
            self.policy.pressure_width * target, 1.0
        )
        return np.clip(behind, 0.0, 1.0)

    def sector_share(self, market: Market, rows: Rows) -> Floats:
        """Return the share of this bank's gross loans that each applicant's sector has, (n,)."""
        live, firms = market.live_at(self.lender), market.firms
        cell = firms.run[live] * np.int64(SECTORS) + firms.sector[live]
        size = market.runs * SECTORS
        by_sector = np.bincount(cell, weights=market.loans.balance[live], minlength=size)
        gross = np.maximum(market.books.gross_loans[market.books_of(rows, self.lender)], 1.0)
        return by_sector[firms.run[rows] * np.int64(SECTORS) + firms.sector[rows]] / gross

    def room_to_lend(self, market: Market) -> NDArray[np.bool_]:
        """Return in which runs capital allows new loans, shape (runs,)."""
        mine = market.books_at(self.lender)
        weight = self.policy.capital.risk_weight(market.books.mean_pd[mine])
        assets = weight * market.books.gross_loans[mine]
        room = market.books.equity[mine] >= self.policy.capital.minimum * assets
        return room | (market.books.gross_loans[mine] <= 0.0)


MATURE = 24  # months after which a loan has shown how it ends; P: usual performance window
QUARTER = 3  # months between looks at a borrower
BEHIND_LEVEL, BEHIND_SLOPE = -2.0, 0.6  # A: chance of being behind at a look, Phi(a - b theta)
BONUS_WAITS = 24.0  # months over which a deferred bonus is paid out; A: two years
