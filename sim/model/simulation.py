"""A simulation: one scenario run for several seeds side by side, from burn-in to horizon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.core.memory import keep_freed_memory
from sim.model import volume_plan
from sim.model.bank_month import BankMonth, World
from sim.model.banks import Banks
from sim.model.checkpoint import Checkpoint, checkpoint_of, restore
from sim.model.compile_ahead import help_with
from sim.model.detail.event_log import EventLog
from sim.model.hiring import team
from sim.model.learning import learn_rating
from sim.model.month_plan import plan_of
from sim.model.newcomers import Newcomers
from sim.model.own_tables import own_tables_of, refuse_without
from sim.model.plan import Observer, Plan, Step, run_plan
from sim.model.recorder import Recorder
from sim.model.without_banks import run_nature
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.archive import Archive, file_month
from sim.state.market import Market

LARGE = 10_000  # number of firms from which it is faster to keep freed memory


class Simulation:
    """The state of a scenario for some seeds, advanced month by month.

    `month` is the last month simulated; it starts before the burn-in, after the months without
    banks, and month 1 is the first that is recorded.  With `check`, the books must balance every
    month; with `detail`, an event log of every loan is kept; with `archive`, old loans are
    archived although no bank learns from them.  With `books`, it goes on from these instead of a
    new market: see `branch`.
    """

    def __init__(
        self,
        scenario: Scenario,
        seeds: Sequence[int],
        check: bool = True,
        detail: bool = False,
        plan: Plan | None = None,
        *,
        archive: bool = False,
        books: Checkpoint | None = None,
    ):
        self._read(scenario)
        self.check = check
        self.plan = plan = plan_of(scenario) if plan is None else plan
        help_with(scenario)
        firms = scenario.firms
        if firms.count * len(seeds) >= LARGE:
            keep_freed_memory()
        # a plan makes seats grow or shrink in one direction, from month 1 on
        at_most = [bank.seats_in(month) for bank in self.after for month in (0, scenario.horizon)]
        seats = max(*at_most, *(bank.seats_in(0) for bank in self.before))
        asked = firms.demand.banks_asked
        own = own_tables_of(plan, scenario, books)
        self.market = Market(
            list(seeds), firms.count, list(scenario.banks), seats, asked, own.used, own.empty
        )
        self.recorder = Recorder(self.market, scenario.horizon, scenario.economy_in(1))
        self.event_log = EventLog(self.market, firms) if detail else None
        self.observer: Observer = self.event_log or observe_nothing
        self.archive = Archive() if archive or self.learns else None
        if books is None:
            self._found()
        else:
            restore(self, books)

    def _found(self) -> None:
        """Fill the market, let the months without banks pass, and open the banks."""
        scenario, burn_in = self.scenario, self.scenario.burn_in
        first = burn_in.first_month
        economy = scenario.economy_in(first)
        post.market_filled(self.market, burn_in.first_of_nature, first, scenario.firms)
        run_nature(self.market, self._before, self.before, self.plan, self.observer, first - 1)
        post.seats_filled(self.market, economy.labour)
        for bank in self.banks_in(first):
            culture, days = bank.policy.staffing.culture, bank.prescribed_days
            cost = bank.policy.cost_per_loan
            post.bank_founded(self.market, bank.lender, culture, days, economy.unknown_pd, cost)
        self._open_seats(first)

    def take(self, scenario: Scenario) -> None:
        """Go on under a scenario with the same firms and banks.

        Raises `RequestError` if it switches on a mechanism that this market has no tables for.
        """
        refuse_without(self.market.own, scenario)
        self._read(scenario)

    def _read(self, scenario: Scenario) -> None:
        """Read the banks and the rules of a scenario."""
        self.scenario = scenario
        count, sectors = scenario.firms.count, tuple(scenario.firms.sectors)
        guarantees = scenario.mechanisms.guarantees  # type: ignore[attr-defined]  # composed
        self.before = Banks(scenario.banks_in(0), count, sectors, guarantees)
        self._newcomers = Newcomers(self.before, scenario.banks_in(0), scenario.burn_in.first_month)
        self.after = Banks(scenario.banks_in(1), count, sectors, guarantees)
        self._before = World(scenario, 0)
        self._after = World(scenario, 1)

    @property
    def learns(self) -> bool:
        """Whether any bank learns from old loans."""
        return any(bank.learns for banks in (self.before, self.after) for bank in banks)

    @property
    def month(self) -> int:
        """The last month simulated."""
        return self.market.month

    def banks_in(self, month: int) -> Banks:
        """Return the banks with the policies that apply in a month."""
        return self.after if month >= 1 else self._newcomers.banks_in(month)

    def advance(self) -> None:
        """Simulate one more month, and record it from month 1 on."""
        month = self.month + 1
        if month <= 1:
            self._plan_volume(month)
        self._open_seats(month)
        market, banks = self.market, self.banks_in(month)
        self._enter(month)
        world = self._after if month >= 1 else self._before
        if self.archive is not None:
            for bank in banks:
                learn_rating(bank, self.archive, market, month)
        under_way = BankMonth(market, month, world, banks, self.check)
        if self.event_log is not None:
            self.event_log.opens(under_way)
        run_plan(self.plan, under_way, self.observer)
        if self.archive is not None:
            file_month(self.archive, market)
        if month >= 1:
            self.recorder.record(market)

    def run(self) -> Simulation:
        """Simulate to the horizon and return the simulation."""
        with np.errstate(invalid="ignore", divide="ignore"):
            while self.month < self.scenario.horizon:
                self.advance()
        return self

    def checkpoint(self) -> Checkpoint:
        """Return the books as they are now; they do not change when the simulation goes on."""
        return checkpoint_of(self)

    def __deepcopy__(self, memo: object) -> Simulation:
        return _again(checkpoint_of(self), self.event_log is not None, self.plan)

    def __reduce__(self) -> Any:
        if self.plan != plan_of(self.scenario):
            raise TypeError("a simulation with a plan of its own cannot be pickled, only copied")
        return _again, (checkpoint_of(self), self.event_log is not None)

    def _open_seats(self, month: int) -> None:
        """Give each bank its officers for a month; the plan of growth ends at the horizon."""
        labour = self.scenario.economy_in(month).labour
        for bank in self.banks_in(month):
            bank.staff_for(min(month, self.scenario.horizon))  # there is room for no more
            post.open_seats(self.market, bank.lender, team(bank, self.market), labour)

    def _plan_volume(self, month: int) -> None:
        """Let each bank plan to keep what it usually lends; from month 1 on the plan grows."""
        for bank in self.banks_in(month):
            months = volume_plan.months_observed(bank, self.market, month)
            if months >= 1:
                post.volume_observed(self.market, bank.lender, months)
            if month == 1:
                post.growth_plan_started(self.market, bank.lender, months >= volume_plan.YEAR)

    def _enter(self, month: int) -> None:
        """Let the banks that are new to the product this month begin with nothing learnt."""
        firms, economy = self.scenario.firms, self.scenario.economy_in(month)
        for bank in self._newcomers.entering(month, self.banks_in(month)):
            post.bank_entered(
                self.market, bank.lender, bank.prescribed_days, economy.unknown_pd,
                bank.policy.cost_per_loan, firms, economy.labour,
            )  # fmt: skip
            if self.archive is not None:
                self.archive.forget(bank.lender)


def _again(books: Checkpoint, detail: bool, plan: Plan | None = None) -> Simulation:
    """Return the simulation of which these are the books."""
    return Simulation(
        books.scenario, books.seeds, books.check, detail, plan, archive="Archive" in books,
        books=books,
    )  # fmt: skip


def observe_nothing(step: Step[Any], fact: object) -> None:
    """The null observer."""
