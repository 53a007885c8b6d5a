"""A bank's staff at the month's end: their work, effort and culture, and the running costs."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import elementwise
from sim.model import officers_pay, prospects, supervising, volume_plan
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state import teams
from sim.state.caseload import caseload
from sim.state.facts import NO_ROWS, RunningCosts, Staffed
from sim.state.market import Market
from sim.world import conduct, integrity, officers_choice
from sim.world.conduct import Labour


def running_costs(month: BankMonth) -> RunningCosts:
    """Return salaries, training, bonus, systems and the branch, of each run."""
    bank, market, labour = month.bank, month.market, month.economy.labour
    policy, staffing = bank.policy, bank.policy.staffing
    mine = market.books_at(bank.lender)
    ledger = market.ledger
    audited = staffing.audit * staffing.audit_cost * ledger.decided[mine]
    bonus = staffing.bonus_rate * ledger.disbursed[mine]
    paid = teams.full_time(market, bank.lender)
    training = _priced(staffing.training, paid)
    officers = market.officers_at(bank.lender)
    supervised = np.bincount(
        market.officers.run[officers], market.officers.supervised[officers], market.runs
    )
    extra = prospects.marketing(month, bank) + staffing.supervisor().cost * supervised
    if labour.open_to_favours > 0.0:
        run = market.officers.run[market.officers_at(bank.lender)]
        gone = np.bincount(run, found_out(bank, market, labour), market.runs)
        training += staffing.replacing * gone
    return RunningCosts(
        lender=bank.lender,
        salaries=_priced(staffing.salaries, paid),
        training=training,
        bonus=bonus,
        bonus_deferred=staffing.deferred * bonus,
        bonus_released=market.books.deferred_bonus[mine] / staffing.bonus_months,
        monitoring=policy.monitoring.watch().system_cost * ledger.loans[mine],
        fixed=_priced(bank.yearly_cost_with, paid) / 12.0 + audited + extra,
    )


def _priced(price: Callable[[float], float], officers: Floats) -> Floats:
    """Return the price of each run's officers, (runs,), asked once for each size of a team."""
    sizes = officers.tolist()
    prices = {size: price(size) for size in set(sizes)}
    return np.array([prices[size] for size in sizes])


def staff(month: BankMonth) -> Staffed:
    """Close the officers' month: how busy, how careful, who leaves, and the bank's climate."""
    bank, market, labour = month.bank, month.market, month.economy.labour
    staffing, mine = bank.policy.staffing, market.books_at(bank.lender)
    officers = market.officers_at(bank.lender)
    pressure = volume_pressure(bank, market)
    culture = market.books.culture[mine]
    aim = staffing.culture_aim(left_out(bank, market))
    culture = culture + (aim - culture) / staffing.culture_lag
    loans, late = caseload(market, bank.lender)
    share = teams.shares(market, bank.lender)
    there = staffing.month_hours * np.where(share > 0.0, share, 1.0)
    workload = staffing.hours(market.officers.hours[officers], loans, late) / there
    effort, care = _effort_and_care(bank, market, labour, workload, pressure)
    leaves, rotates, exposed = _who_goes(bank, market, labour)
    record = supervising.records(bank, market)
    return Staffed(
        lender=bank.lender,
        officers=officers,
        caseload=loans,
        workload=workload,
        effort=effort,
        care=care,
        record_months=record.months,
        record_defaults=record.defaults,
        supervised=record.supervised,
        supervised_hours=staffing.supervisor().hours,
        leaving=officers[leaves],
        exposed=exposed,
        rotated=officers[rotates],
        takeover_hours=staffing.takeover_hours,
        culture=culture,
        pressure=pressure,
        labour=labour,
        probation=month.economy.regulation.probation,
    )


def _effort_and_care(
    bank: BankAtWork, market: Market, labour: Labour, workload: Floats, pressure: Floats
) -> tuple[Floats, Floats]:
    """Return the share of full effort that each officer gives, and its care for loans, (m,) each.

    `workload` is (m,), `pressure` (runs,); officers who choose put effort and care where pay pulls
    and feel no other pressure.
    """
    officers, staffing = market.officers_at(bank.lender), bank.policy.staffing
    run, usual = market.officers.run[officers], np.ones(officers.size)
    diligence = conduct.diligence(market, officers) if staffing.people else usual
    if not officers_pay.choose(bank, labour):
        hurry = staffing.time_pressure * pressure[run]
        return conduct.effort(diligence, workload, hurry, labour.pressure_effect), usual
    used = officers_choice.hours(officers_pay.pulls(bank, market, labour), labour.choice)
    effort, no_hurry = used.screening[run] * diligence, 0.0 * usual
    care = used.care[run] * officers_pay.time_for_care(workload, labour.choice)
    return conduct.effort(effort, workload, no_hurry, labour.pressure_effect), care


def _who_goes(bank: BankAtWork, market: Market, labour: Labour) -> tuple[Bools, Bools, Rows]:
    """Return who leaves, who changes places, (m,) each, and the rows of those found out."""
    officers, staffing = market.officers_at(bank.lender), bank.policy.staffing
    active = market.officers.active[officers]
    leaves = active & conduct.leaves(market, officers, staffing.leaving)
    exposed = NO_ROWS
    if labour.open_to_favours > 0.0:
        found = found_out(bank, market, labour)
        leaves, exposed = leaves | found, officers[found]
    return leaves, active & staffing.rotates(market.month) & ~leaves, exposed


def left_out(bank: BankAtWork, market: Market) -> Floats:
    """Return the steps left out in this month's files, over all steps in a usual month's, (runs,).

    An audit opens a share of the files decided in the month: where none was it finds nothing, and
    where there were twice as many for each officer, who learns from what was found, twice as much.
    """
    prescribed = bool(bank.policy.screening.steps()) or bank.policy.monitoring.looks
    decided = market.ledger.decided[market.books_at(bank.lender)]
    usual = bank.policy.staffing.audit_files * teams.full_time(market, bank.lender)
    return np.asarray(_left_out(decided, usual, prescribed, bank.execution_rate(market)))


@elementwise
def _left_out(decided, usual, prescribed, executed):  # type: ignore[no-untyped-def]
    files = decided / (usual if usual > 0.0 else math.inf)
    return files * prescribed * (1.0 - executed)


def found_out(bank: BankAtWork, market: Market, labour: Labour) -> Bools:
    """Return for which officers an audit found favours this month, shape (m,)."""
    officers = market.officers_at(bank.lender)
    return integrity.exposed(market, officers, labour, bank.policy.staffing.audit)


def volume_pressure(bank: BankAtWork, market: Market) -> Floats:
    """Return volume pressure, the shortfall from plan in each run, 0 to 1, shape (runs,).

    It is how far loans are below the plan, see `volume_plan.gap`; nothing where they are above.
    """
    loans = market.books.gross_loans[market.books_at(bank.lender)]
    return np.maximum(volume_plan.gap(bank, market, loans), 0.0)
