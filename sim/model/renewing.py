"""Renewing: how a bank's loans that end in one payment are renewed, from request to disbursement.

Off where no loan is to be repaid at maturity by custom and the bank renews none.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.months import MONTH_DAYS
from sim.credit.schedule import Schedule
from sim.mechanisms import bridges, maturity, renewals, repayment
from sim.mechanisms.bridges import BridgeLenders
from sim.mechanisms.maturity import Matured, PutToWork, Renewed
from sim.mechanisms.renewals import Answered, AskedFor, FilesRead, NotRenewed, Observed, Renewing
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.investigation import investigate_files
from sim.model.lending import decision_on
from sim.model.standing import may_lend
from sim.state.bridges import BRIDGES
from sim.state.firms import WOUND_UP
from sim.state.market import NO_LENDER, Market
from sim.state.renewals import RENEWALS, Answer, first_granted
from sim.world import take_up
from sim.world.asking import expected_detection
from sim.world.statements import lie_level, statements

ASKED_WITH = 2  # instalments not yet due when a renewal is asked: two months before maturity
YEAR = 12.0  # months


def on(month: BankMonth) -> bool:
    """Whether loans that end in one payment are handled as such at this bank."""
    return month.firm_params.demand.bullet_share > 0.0 or month.bank.policy.renewal.renews


def ending(market: Market, lender: int, left: int) -> Rows:
    """Return a bank's loans that are due in one payment with so many instalments `left`, (n,)."""
    live, loans = market.live_at(lender), market.loans
    return live[(loans.schedule[live] == Schedule.BULLET) & (loans.remaining[live] == left)]


def ask(month: BankMonth) -> AskedFor | None:
    """Find the borrowers who ask for a renewal: those who may not be able to repay alone."""
    bank, market, rule = month.bank, month.market, month.params(Renewing)
    if not bank.policy.renewal.renews:
        return None
    loans, firms = market.loans, market.firms
    rows = ending(market, bank.lender, ASKED_WITH)
    unlisted = market.file_of(bank.lender).listed_until[rows] <= month.number
    needs = firms.cash[rows] < rule.ask_below * loans.balance[rows]
    stays = firms.alive[rows] & (firms.low_months[rows] != WOUND_UP) & ~loans.defaulted[rows]
    new = market.table(RENEWALS).answer[rows] == Answer.NONE
    rows = rows[unlisted & needs & stays & new]
    if not rows.size:
        return None
    return AskedFor(bank.lender, rows, *_statements(month, rows))


def _statements(month: BankMonth, rows: Rows) -> tuple[Floats, Bools]:
    """Return the turnover that each firm states, CNY/year, and whether it inflates it, (n,) each.

    It decides as it does when it applies as a stranger.
    """
    market, wants = month.market, month.firm_params.demand
    expected = expected_detection(market)
    level = lie_level(wants.liars, wants.liars_by_quality)
    bank, rule = month.bank.lender, wants.record()
    stated, lying = statements(rows, bank, market.firms, level, expected, rule)
    return stated, lying


def read(month: BankMonth) -> FilesRead | None:
    """Investigate those who ask this month, as the bank does applicants."""
    asked = month.found(AskedFor)
    if asked is None or asked.lender != month.bank.lender:
        return None
    found = investigate_files(month, asked.rows, np.zeros(asked.rows.size))
    return FilesRead(found._replace(fading=1.0))  # what firms saw has faded with the applications


def answer(month: BankMonth) -> Answered | None:
    """Decide on those who asked the month before, by the rules for any application."""
    bank, market = month.bank, month.market
    policy = bank.policy.renewal
    if not policy.renews:
        return None
    live, requests = market.live_at(bank.lender), market.requests[bank.lender]
    waiting = market.table(RENEWALS).answer[live] == Answer.ASKED
    rows = live[waiting & (requests.made[live] < month.number)]
    if not rows.size:
        return None
    decision = decision_on(bank, market, rows, month.firm_params, month.economy)
    return Answered(
        lender=bank.lender,
        rows=rows,
        yes=decision.yes,
        rate=decision.rate,
        cost=decision.work_cost + policy.decision_cost,
        hours=bank.policy.approval.hours,
        listed_until=month.number + bank.policy.approval.listing_months,
    )


def mature(month: BankMonth) -> Matured | None:
    """Find which loans due now are renewed, which are repaid to be lent again, which fall due."""
    if not on(month):
        return None
    bank, market, rule = month.bank, month.market, month.params(Renewing)
    rows = ending(market, bank.lender, 1)
    rows = rows[~market.loans.defaulted[rows]]
    if not rows.size:
        return None
    policy, loans = bank.policy.renewal, market.loans
    granted = market.table(RENEWALS).answer[rows] == Answer.GRANTED
    stopped = granted & _withdrawn(month, rows)
    granted &= ~stopped
    years = (month.number - first_granted(market, rows)) / YEAR
    free = granted & policy.needs_no_repayment(bank.view(market, rows), years)
    short = np.maximum(_due(month, rows) - market.firms.cash[rows], 0.0)
    repays = granted & ~free
    helped = bridges.lent(market, rows, short, month.params(BridgeLenders))
    helped &= short <= loans.balance[rows]  # the new loan must cover it
    able = (short == 0.0) | (repays & helped)
    awaiting, extended = rows[repays & able], rows[free]
    wait = np.floor((maturity.days_into_month(market, awaiting) + policy.wait_days) / MONTH_DAYS)
    return Matured(
        lender=bank.lender,
        withdrawn=rows[stopped],
        unable=rows[~free & ~able],
        awaiting=awaiting,
        comes=month.number + wait.astype(np.int64),
        bridged=short[repays & able],
        days=policy.wait_days,
        extended=extended,
        difficult=in_difficulty(market, extended),
        yields=take_up.project_yield(market, extended, month.firm_params.projects),
        fee=_fund_fee(bank, market, extended, loans.balance[extended]),
        work=_work(month),
        cost=policy.extension_cost,
        observation=rule.observation,
    )


def disburse(month: BankMonth) -> Renewed | None:
    """Find the renewals that are paid out now, and those withdrawn although the firm has repaid."""
    bank, market, table = month.bank, month.market, month.market.table(BRIDGES)
    if not table.awaits.any():
        return None
    waits = table.awaits & (table.bank == bank.lender) & (table.comes <= month.number)
    rows = np.flatnonzero(waits)
    firms = market.firms
    gone = ~firms.alive[rows] | (firms.low_months[rows] == WOUND_UP)
    gone |= market.loans.lender[rows] != NO_LENDER  # what it owed was not paid in full after all
    gone |= (table.since[rows] < month.number) & _withdrawn(month, rows)
    rows, withdrawn = rows[~gone], rows[gone]
    amount = market.requests[bank.lender].amount[rows]
    return Renewed(
        lender=bank.lender,
        rows=rows,
        difficult=in_difficulty(market, rows),
        yields=take_up.project_yield(market, rows, month.firm_params.projects),
        fee=_fund_fee(bank, market, rows, amount),
        withdrawn=withdrawn,
        work=_work(month),
        observation=month.params(Renewing).observation,
    )


def observe(month: BankMonth) -> Observed | None:
    """Find the loans that stand at special mention because of how they were renewed."""
    if RENEWALS not in month.market.own:
        return None
    live = month.market.live
    rows = live[month.market.table(RENEWALS).observed[live] > 0]
    return Observed(rows) if rows.size else None


def fail(month: BankMonth) -> NotRenewed | None:
    """Find the defaults of those who could not pay at maturity and were not renewed."""
    market, live = month.market, month.market.live
    if RENEWALS not in market.own:
        return None
    flagged = live[market.table(RENEWALS).not_renewed[live]]
    rows = flagged[market.loans.default_month[flagged] == month.number]
    return NotRenewed(rows) if rows.size else None


def in_difficulty(market: Market, rows: Rows) -> Bools:
    """Return which borrowers a bank knows to be in difficulty, (n,), when it renews their loan."""
    loans = market.loans
    known = loans.founded[rows] | loans.eased[rows] | loans.rescheduled[rows]
    return (loans.behind[rows] > 0.0) | known


def _withdrawn(month: BankMonth, rows: Rows) -> Bools:
    """Return which renewals come to nothing this month, (n,): frozen, or the bank may not lend."""
    run = month.market.firms.run[rows]
    barred = ~may_lend(month.bank, month.market)[run]
    return barred | renewals.frozen(month.market, rows, month.params(Renewing))


def _due(month: BankMonth, rows: Rows) -> Floats:
    """Return all that falls due on these loans this month, (n,), CNY."""
    loans, due = month.market.loans, repayment.payments(month, rows)
    late = loans.accrued[rows] + loans.suspended[rows] + loans.overdue_principal[rows]
    total: Floats = due.interest + due.scheduled + late
    return total


def _fund_fee(bank: BankAtWork, market: Market, rows: Rows, amount: Floats) -> Floats:
    """Return what the guarantee of a renewed loan costs, (n,), CNY: on all of it, to its end."""
    rate = bank.policy.collateral.fund_share * bank.policy.collateral.fund_fee
    covered = market.loans.fund_share[rows] > 0.0
    return rate * covered * amount * market.requests[bank.lender].tenor[rows] / YEAR


def _work(month: BankMonth) -> PutToWork:
    rule, lender = month.params(Renewing), month.params(BridgeLenders)
    return PutToWork(month.firm_params.projects.invested, rule.kept_back, lender.price)
