"""A simulation: one scenario lived by several seeds side by side, from burn-in to horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.core.memory import keep_freed_memory
from sim.model.banks import Banks
from sim.model.compile_ahead import help_with
from sim.model.detail.diary import Diary
from sim.model.detail.witness import NOBODY, Witness
from sim.model.learning import learn_rating
from sim.model.month import live
from sim.model.recorder import Recorder
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.archive import Archive, file_month
from sim.state.market import Market

LARGE = 10_000  # firms from which arrays are large enough for memory to be worth keeping


class Simulation:
    """The state of a scenario for some seeds, advanced month by month.

    `month` is the last month lived; it begins before the burn-in, and month 1 is the first that
    is recorded.  With `check`, the books are held to balance every month; with `detail`, a diary
    is kept of every loan.
    """

    def __init__(
        self, scenario: Scenario, seeds: Sequence[int], check: bool = True, detail: bool = False
    ):
        self.scenario = scenario
        self.check = check
        help_with(scenario)
        firms = scenario.firms
        if firms.count * len(seeds) >= LARGE:
            keep_freed_memory()
        self.before = Banks(scenario.banks_in(0), firms.count)
        self.after = Banks(scenario.banks_in(1), firms.count)
        seats = max(bank.seats for banks in (self.before, self.after) for bank in banks)
        asked = firms.demand.banks_asked
        self.market = Market(list(seeds), firms.count, list(scenario.banks), seats, asked)
        first = 1 - scenario.burn_in.months
        post.world_begun(self.market, first, firms, scenario.economy_in(first).labour)
        self.recorder = Recorder(self.market, scenario.horizon, scenario.economy_in(1))
        self.diary = Diary(self.market, firms) if detail else None
        self.witness: Witness = self.diary or NOBODY
        learners = [b for banks in (self.before, self.after) for b in banks if b.learns]
        self.archive = Archive() if learners else None
        for bank in self.banks_in(first):
            culture, days = bank.policy.staffing.culture, bank.prescribed_days
            post.bank_founded(self.market, bank.lender, culture, days)
        self._open_seats(first)

    @property
    def month(self) -> int:
        """The last month lived."""
        return self.market.month

    def banks_in(self, month: int) -> Banks:
        """Return the banks as they work in a month."""
        return self.after if month >= 1 else self.before

    def advance(self) -> None:
        """Live one more month and record it if it is a reported one."""
        month = self.month + 1
        if month == 1:
            post.plan_begun(self.market)
            self._open_seats(month)
        scenario, market = self.scenario, self.market
        economy, banks = scenario.economy_in(month), self.banks_in(month)
        if self.archive is not None:
            for bank in banks:
                learn_rating(bank, self.archive, market, month)
        self.witness.opens(market, month)
        live(market, scenario.firms, economy, banks, month, self.check, self.witness)
        if self.archive is not None:
            file_month(self.archive, market)
        if month >= 1:
            self.recorder.record(market)

    def run(self) -> Simulation:
        """Live on to the horizon and return the simulation."""
        with np.errstate(invalid="ignore", divide="ignore"):
            while self.month < self.scenario.horizon:
                self.advance()
        return self

    def _open_seats(self, month: int) -> None:
        labour = self.scenario.economy_in(month).labour
        for bank in self.banks_in(month):
            post.open_seats(self.market, bank.lender, bank.seats, labour)
