"""Investigations: a bank's due diligence on the files that arrive, and what it puts on file."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.indexing import rows_where
from sim.core.months import MONTH_DAYS, monthly_fading
from sim.model import inflated_reports, review
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.due_diligence import DueDiligence, StepTaken
from sim.model.second_reader import second_readers
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.state.facts import NO_ROWS, Demanded, Investigated
from sim.world import conduct


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
    market, labour, approval = month.market, month.economy.labour, bank.policy.approval
    work = DueDiligence(month, bank, rows)
    carried_out = work.take_steps(notes)
    cost, hours, days = conduct.spent(carried_out, bank.policy.screening.prices.copy())
    found = work.findings()
    inflation = inflated_reports.inflation(
        month, bank, work.files, work.officers, found, work.caught
    )
    reviewed, second_seat = np.zeros(rows.size, bool), work.seat
    second_hours = np.zeros(rows.size)
    if approval.review_precision > 0.0:
        second = second_readers(bank, market, rows, work.seat, labour)
        reviewed = review.carried_out(bank, market, rows, second)
        review.read_again(work, second, reviewed)
        found = work.findings()
        inflation = inflated_reports.after_review(
            month, bank, work.files, inflation, reviewed, second.power
        )
        cost += reviewed * approval.second_cost
        days += reviewed * approval.review_days
        second_seat, second_hours = second.seat, reviewed * approval.second_hours
    reported = inflated_reports.inflated(month, bank, found, inflation)
    finds_lie, favoured = approval.punishes_lies * (1.0 - work.missed), NO_ROWS
    if work.favours is not None:
        finds_lie *= ~work.favours.willing
        favoured = rows[work.favours.done]
    workload = market.officers.workload[work.officers]
    days += approval.days + conduct.days_in_queue(workload, labour.queue_days, labour.full_load)
    due = market.month + np.floor((arrival_day + days) / MONTH_DAYS)
    return Investigated(
        lender=bank.lender,
        rows=rows,
        seat=work.seat,
        mean=reported.mean,
        variance=reported.variance,
        overall_mean=reported.overall.mean,
        overall_variance=reported.overall.variance,
        soft_mean=_soft_part(reported.mean, work.usual),
        pd=bank.policy.rating.pd(reported.overall, reported.mean, work.run, bank.lessons),
        caught=work.caught,
        finds_lie=finds_lie,
        fading=monthly_fading(month.firm_params.demand.half_life),
        reviewed=reviewed,
        inflated=inflation > 0.0,
        heard=work.heard,
        favoured=favoured,
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
