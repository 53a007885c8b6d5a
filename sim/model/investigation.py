"""Due diligence: how a bank learns about applicants, signal by signal, in its policy's order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.indexing import rows_where
from sim.credit.belief import Belief, learn
from sim.model import allocation, inflated_reports, reading_power, review
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.inflated_reports import Findings
from sim.model.learning import learned_from_others
from sim.model.pricing import highest_pd
from sim.model.review import SoftReading
from sim.model.second_reader import second_readers
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.state.facts import NO_ROWS, Demanded, Investigated
from sim.state.firms_view import monthly_fading
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
BUREAU = "bureau"  # the step that no officer reads: a report arrives as it is


class StepTaken(NamedTuple):
    """One step of an investigation as its bank read it, (n,) each."""

    name: str
    lender: int
    rows: Rows
    done: Bools  # carried out
    reading: Floats | None  # sd; None of a cross-check
    caught: Bools  # inflated statements found so far
    overall: Belief  # about overall quality, after this step


def investigate(month: BankMonth, notes: list[StepTaken] | None = None) -> Investigated:
    """Carry out the prescribed steps on this month's new applicants of one bank.

    Each step is added to `notes`, where somebody wants to read them; nothing else depends on it.
    """
    demanded = month.fact(Demanded)
    mine = rows_where(demanded.lender == month.bank.lender)
    return investigate_files(month, demanded.rows[mine], demanded.arrival_day[mine], notes)


def investigate_files(
    month: BankMonth, files: Rows, arrival_day: Floats, notes: list[StepTaken] | None = None
) -> Investigated:
    """Carry out the prescribed steps on `files` (n,) that arrive on a day of the month, (n,)."""
    return by_segment(
        month.bank, month.market, files, Moment.APPLICATION,
        lambda part, rows, at: _investigate(month, part, rows, arrival_day[at], notes),
        lists=("favoured",),
    )  # fmt: skip


def _investigate(
    month: BankMonth,
    bank: BankAtWork,
    rows: Rows,
    arrival_day: Floats,
    notes: list[StepTaken] | None,
) -> Investigated:
    """Carry out one plan of steps on applicants that arrive on `arrival_day` (n,)."""
    market, n = month.market, rows.size
    firm_params, economy, labour = month.firm_params, month.economy, month.economy.labour
    usual = firm_params.weights
    screening, rating = bank.policy.screening, bank.policy.rating
    run = market.firms.run[rows]
    seat = allocation.seats_for(market, rows, bank)
    officers = market.officer_rows(rows, bank.lender, seat)
    execution, second_seat, second_hours = bank.execution(market, rows), seat, np.zeros(n)
    if bank.policy.staffing.people:
        execution = conduct.by_diligence(market, officers, execution, labour)
    prior_mean = screening.optimism * usual
    mean, variance = recalled(rows, market.file_of(bank.lender), screening.memory, prior_mean)
    caught, missed = np.zeros(n, bool), np.ones(n)
    files = bank.view(market, rows)
    file = market.file_of(bank.lender)
    heard = heard_so_far(rows, file) if screening.shares_arrears else None
    favours = None
    if labour.open_to_favours > 0.0 and bank.policy.staffing.people:
        favours = integrity.Favours(market, rows, bank.lender, officers, labour)
    weight: Floats | float = 1.0
    if screening.again < 1.0:
        weight = np.where(file.known_since[rows] < market.month, screening.again, 1.0)
    power: Floats | float = 1.0  # of full
    if bank.policy.staffing.people:
        power = reading_power.of_full(bank, market, officers, labour)
    soft: list[SoftReading] = []
    steps = screening.steps()
    carried_out = signals.carried_out(market, rows, bank.lender, range(len(steps)), execution)
    for step, done in zip(steps, carried_out, strict=True):
        if step.soft and bank.policy.collateral.visits_left_out:
            done[:] = False
            continue
        if screening.stops_early:
            pd = rating.pd(rating.overall(mean, variance, usual), mean, run, bank.lessons)
            most = highest_pd(bank, market, files, pd, firm_params, economy)
            done &= screening.wanted(step, files, pd, most)
        if step.name == "cross_check":
            over_usual = reading_power.over_usual(bank, market, officers, labour)
            detection = reading_power.found_with(step.precision, over_usual)
            lies = done & signals.lies_found(market, rows, bank.lender, detection)
            lies = lies if favours is None else favours.reported(lies)
            caught |= lies
            missed *= 1.0 - done * detection
            if notes is not None:
                belief = rating.overall(mean, variance, usual)
                notes.append(StepTaken(step.name, bank.lender, rows, done, None, lies, belief))
            continue
        signal = SIGNALS[step.name]
        k = DIMENSION[signal]
        precision = np.full(n, step.precision)
        if step.soft or (labour.skilled_reading and step.name != BUREAU):
            precision *= power
        reading = signals.read(
            market, rows, bank.lender, signal, precision, firm_params.demand.inflation,
            firm_params.readings, step.soft,
        )  # fmt: skip
        if signal == Signal.STATEMENTS:
            reading = (
                reading - screening.doubt * firm_params.demand.liars * firm_params.demand.inflation
            )
        own = reading
        if step.soft and favours is not None:
            reading = reading + favours.praise(done)
        counted = done * weight * precision
        learn(mean[k], variance[k], reading, counted)
        if step.soft:
            soft.append(SoftReading(signal, own, reading, precision, counted))
        if signal == Signal.BUREAU and heard is not None:
            others = signals.looks_elsewhere(market, rows, bank.lender)
            new = Looks(done * (others.all - heard.all), done * (others.late - heard.late))
            mean, variance = learned_from_others(bank, Belief(mean, variance), new, usual)
            heard = Looks(heard.all + new.all, heard.late + new.late)
        if notes is not None:
            belief = rating.overall(mean, variance, usual)
            notes.append(StepTaken(step.name, bank.lender, rows, done, reading, caught, belief))
    cost, hours, days = conduct.spent(carried_out, screening.prices.copy())
    overall = rating.overall(mean, variance, usual)
    report = Findings(mean, variance, overall)
    inflation = inflated_reports.inflation(month, bank, files, officers, report, caught)
    reviewed, rule = np.zeros(n, bool), bank.policy.approval
    if rule.review_precision > 0.0:
        second = second_readers(bank, market, rows, seat, labour)
        done, belief = review.carried_out(bank, market, rows, second), Belief(mean, variance)
        found = review.read_file_again(bank, market, rows, firm_params, belief, soft, second, done)
        caught, reviewed = caught | found.caught, done
        missed *= 1.0 - done * found.detection
        mean, variance, overall = found.mean, found.variance, found.overall
        cost += done * rule.second_cost
        second_seat, second_hours = second.seat, done * rule.second_hours
        days += done * rule.review_days
        inflation = inflated_reports.after_review(month, bank, files, inflation, done, second.power)
    finds_lie = bank.policy.approval.punishes_lies * (1.0 - missed)
    if favours is not None:
        finds_lie *= ~favours.willing
    report = Findings(mean, variance, overall)
    mean, variance, overall = inflated_reports.inflated(month, bank, report, inflation)
    workload = market.officers.workload[officers]
    waits = conduct.days_in_queue(workload, labour.queue_days, labour.full_load)
    days += bank.policy.approval.days + waits
    due = market.month + np.floor((arrival_day + days) / 30.0)
    return Investigated(
        lender=bank.lender,
        rows=rows,
        seat=seat,
        mean=mean,
        variance=variance,
        overall_mean=overall.mean,
        overall_variance=overall.variance,
        soft_mean=_soft_part(mean, usual),
        pd=rating.pd(overall, mean, run, bank.lessons),
        caught=caught,
        finds_lie=finds_lie,
        fading=monthly_fading(firm_params.demand.half_life),
        reviewed=reviewed,
        inflated=inflation > 0.0,
        heard=heard,
        favoured=NO_ROWS if favours is None else rows[favours.done],
        days=days,
        due=due.astype(np.int32),
        cost=cost,
        hours=hours,
        second_seat=second_seat,
        second_hours=second_hours,
    )


def _soft_part(mean: Floats, usual: Floats) -> Floats:
    """Return the part of the belief from soft information (operations, owner), shape (n,)."""
    return usual[0] * mean[0] + usual[2] * mean[2]
