"""Due diligence: what a bank knows of this month's applicants after each step that it takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.credit.belief import Belief, learn
from sim.model import allocation, reading_power
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.inflated_reports import Findings
from sim.model.learning import learned_from_others
from sim.model.pricing import highest_pd
from sim.policies.screening.base import ScreeningStep
from sim.state.recall import heard_so_far, recalled
from sim.state.relations import Looks
from sim.world import conduct, integrity, signals
from sim.world.signals import DIMENSION, Signal

SIGNALS = {
    "statements": Signal.STATEMENTS,
    "bureau": Signal.BUREAU,
    "site_visit": Signal.SITE_VISIT,
    "owner_visit": Signal.OWNER_VISIT,
    "partners": Signal.PARTNERS,
}
CROSS_CHECK = "cross_check"  # the step that reads no signal: it looks for inflated statements


class StepTaken(NamedTuple):
    """One step of an investigation as its bank read it, (n,) each."""

    name: str
    lender: int
    rows: Rows
    done: Bools  # carried out
    reading: Floats | None  # sd; None of a cross-check
    caught: Bools  # inflated statements found so far
    overall: Belief  # about overall quality, after this step


class SoftReading(NamedTuple):
    """What the officer put on file of one soft signal, (n,) each."""

    signal: Signal
    reading: Floats  # sd, without what a favour added
    reported: Floats  # sd, as counted in the belief
    precision: Floats  # 1/sd^2 of the reading
    counted: Floats  # 1/sd^2, with which the belief counted it


class DueDiligence:
    """One bank's work on the files that arrive in a month, and what it knows of each so far.

    Arrays are (n,), one entry a file, unless said otherwise.
    """

    def __init__(self, month: BankMonth, bank: BankAtWork, rows: Rows):
        market, labour, n = month.market, month.economy.labour, rows.size
        screening, file = bank.policy.screening, market.file_of(bank.lender)
        self.month, self.bank, self.rows = month, bank, rows
        self.files = bank.view(market, rows)
        self.run = market.firms.run[rows]
        self.seat = allocation.seats_for(market, rows, bank)
        self.officers = market.officer_rows(rows, bank.lender, self.seat)
        self.usual = month.firm_params.weights  # (5,) of dimensions in overall quality
        strangers = screening.optimism * self.usual
        # the belief by dimension, (5, n) each: sd and sd^2
        self.mean, self.variance = recalled(rows, file, screening.memory, strangers)
        self.heard = heard_so_far(rows, file) if screening.shares_arrears else None
        self.caught = np.zeros(n, bool)  # inflated statements that were found
        self.missed = np.ones(n)  # chance that an inflated statement is not found
        self.soft: list[SoftReading] = []
        self.weight: Floats | float = 1.0  # of a reading, relative to a first one
        if screening.again < 1.0:
            self.weight = np.where(file.known_since[rows] < market.month, screening.again, 1.0)
        self.execution = bank.execution(market, rows)  # chance that a step is carried out
        self.full_power = self.power = np.ones(n)  # of the officers, over full power
        self.favours: integrity.Favours | None = None
        if bank.policy.staffing.people:
            officers = self.officers
            self.execution = conduct.by_diligence(market, officers, self.execution, labour)
            self.power = reading_power.of_full(bank, market, officers, labour)
            if labour.open_to_favours > 0.0:
                self.favours = integrity.Favours(market, rows, bank.lender, officers, labour)

    def take_steps(self, notes: list[StepTaken] | None = None) -> Bools:
        """Take the prescribed steps in order; return on which files each was done, (steps, n).

        Each step is added to `notes`, where somebody wants to read them.
        """
        bank, market = self.bank, self.month.market
        screening, steps = bank.policy.screening, bank.policy.screening.steps()
        carried_out = signals.carried_out(
            market, self.rows, bank.lender, range(len(steps)), self.execution
        )
        for step, done in zip(steps, carried_out, strict=True):
            if step.soft and bank.policy.collateral.visits_left_out:
                done[:] = False
                continue
            if screening.stops_early:
                done &= self._wanted(step)
            reading = None
            if step.name == CROSS_CHECK:
                self._check_statements(step, done)
            else:
                reading = self._read(step, done)
            if notes is not None:
                so_far = self.caught.copy(), self.findings().overall
                notes.append(StepTaken(step.name, bank.lender, self.rows, done, reading, *so_far))
        return carried_out

    def _wanted(self, step: ScreeningStep) -> Bools:
        """Return for which files a step is still wanted, as the belief is so far."""
        bank, month, rating = self.bank, self.month, self.bank.policy.rating
        overall = rating.overall(self.mean, self.variance, self.usual)
        pd = rating.pd(overall, self.mean, self.run, bank.lessons)
        most = highest_pd(bank, month.market, self.files, pd, month.firm_params, month.economy)
        return bank.policy.screening.wanted(step, self.files, pd, most)

    def _check_statements(self, step: ScreeningStep, done: Bools) -> None:
        """Look for inflated statements by a cross-check of the files where it is `done`."""
        bank, market, labour = self.bank, self.month.market, self.month.economy.labour
        power = reading_power.over_usual(bank, market, self.officers, labour)
        detection = reading_power.found_with(step.precision, power)
        lies = done & signals.lies_found(market, self.rows, bank.lender, detection)
        self.caught |= lies if self.favours is None else self.favours.reported(lies)
        self.missed *= 1.0 - done * detection

    def _read(self, step: ScreeningStep, done: Bools) -> Floats:
        """Read a signal, and learn from it where the step is `done`; return the readings, sd."""
        bank, month, firm_params = self.bank, self.month, self.month.firm_params
        signal = SIGNALS[step.name]
        # no officer reads a bureau's report: it arrives as it is
        skilled = month.economy.labour.skilled_reading and signal != Signal.BUREAU
        precision = step.precision * (self.power if step.soft or skilled else self.full_power)
        inflation = firm_params.demand.inflation
        own = signals.read(
            month.market, self.rows, bank.lender, signal, precision, inflation,
            firm_params.readings, step.soft,
        )  # fmt: skip
        if signal == Signal.STATEMENTS:
            own = own - bank.policy.screening.doubt * firm_params.demand.liars * inflation
        reported = own
        if step.soft and self.favours is not None:
            reported = own + self.favours.praise(done)
        counted = done * self.weight * precision
        k = DIMENSION[signal]
        learn(self.mean[k], self.variance[k], reported, counted)
        if step.soft:
            self.soft.append(SoftReading(signal, own, reported, precision, counted))
        if signal == Signal.BUREAU and self.heard is not None:
            self.heard = self._hear(self.heard, done)
        return reported

    def _hear(self, before: Looks, done: Bools) -> Looks:
        """Learn how firms pay other banks where their report is `done`; return all heard so far."""
        others = signals.looks_elsewhere(self.month.market, self.rows, self.bank.lender)
        new = Looks(done * (others.all - before.all), done * (others.late - before.late))
        believed = Belief(self.mean, self.variance)
        self.mean, self.variance = learned_from_others(self.bank, believed, new, self.usual)
        return Looks(before.all + new.all, before.late + new.late)

    def findings(self) -> Findings:
        """Return what is known so far, by dimension and of overall quality."""
        overall = self.bank.policy.rating.overall(self.mean, self.variance, self.usual)
        return Findings(self.mean, self.variance, overall)
