"""Post-loan care: what a bank's looks find, what it does about warnings, and who is proven.

A bank whose monitoring `looks` at nothing finds nothing here.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.mechanisms import account_data, acting, catching, visits
from sim.mechanisms.account_data import AccountData, Reading
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.looking import Looked, Looking
from sim.mechanisms.visits import Visits
from sim.model import bad_news, officers_pay, reading_power
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.policies.monitoring.base import Action, Watch
from sim.state.market import NEVER, Market
from sim.state.open_warnings import warned_since


def look(month: BankMonth) -> Looked | None:
    """Visit borrowers, check papers, read account data, and raise warnings."""
    bank, market = month.bank, month.market
    if not bank.policy.monitoring.looks:
        return None
    means, action = bank.policy.monitoring.watch(), bank.policy.monitoring.action()
    seeing, rule = month.params(Visits), month.params(Looking)
    live, loans, lender = market.live_at(bank.lender), market.loans, bank.lender
    execution = officers_pay.carried_out(bank, market, live, month.economy.labour)
    chance = chance_of_visit(bank, market, live) * execution
    visited = visits.made(market, live, lender, chance)
    officers = market.officer_rows(live, lender, loans.seat[live])
    power = reading_power.over_usual(bank, market, officers, month.economy.labour)
    precision = means.precision * power[visited]
    chances = visits.chances(precision, means.false_alarms, seeing)
    found = visits.seen(market, live[visited], lender, chances, seeing)
    alarmed, times = np.zeros(live.size, bool), np.zeros(live.size, np.int64)
    alarmed[visited], times[visited] = found.alarmed, found.misuse
    sight = np.zeros(live.size)
    sight[visited] = chances.sight
    of_age = loans.granted[live] == market.month - means.check_month
    new = live[of_age]
    chance = chance_of_check(bank, market, new) * execution[of_age]
    made = visits.papers_checked(market, new, lender, chance)
    checked = new[made]
    proof = reading_power.found_with(seeing.papers_prove, power[of_age][made])
    misused = checked[visits.proven_by_papers(market, checked, lender, proof)]
    accounts = read_accounts(month, live, execution, means)
    standing = loans.alarm[live] != NEVER
    quiet = market.month - loans.answered[live] < means.quiet_months
    free = ~standing & ~quiet & ~loans.defaulted[live]
    noise = account_data.learned(accounts.before, accounts.needed, accounts.flagged, free)
    silent = bad_news.silent(bank, market, live, month.economy.labour)
    news = bad_news.reported(market, live, alarmed, times, silent)
    times = news.times + (free & accounts.saw)
    stays = bank.policy.staffing.months_at_desk(market.month)  # what is kept back comes out then
    told = ~silent | (loans.remaining[live] > stays + action.lag)
    saw = times > 0
    later = proof_after_looks(
        market, live, action, free | standing,
        np.where(told, sight, 0.0), np.where(free, accounts.sight, 0.0),
        answers=officers_pay.answers(bank, market, live, month.economy.labour),
    )  # fmt: skip
    at_once = np.zeros(live.size)
    at_once[np.flatnonzero(of_age)[made]] = proof
    return Looked(
        lender=lender,
        visited=live[visited],
        checked=checked,
        misused=misused,
        warned=np.union1d(live[free & (news.alarmed | accounts.flagged)], misused),
        saw=live[saw],
        times=times[saw],
        unreported=news.kept,
        ruled_out=noise.below,
        ruled_in=noise.above,
        proof_chances=by_book(market, live, lender, at_once + (1.0 - at_once) * later),
        visit_cost=means.inspection_cost,
        visit_hours=means.inspection_hours,
        check_cost=means.proceeds_cost,
        check_hours=means.proceeds_hours,
        remembered=rule.remembered,
    )


def chance_of_visit(bank: BankAtWork, market: Market, live: Rows) -> Floats:
    """Return the prescribed chance that each borrower is visited this month, (n,)."""
    return by_segment(
        bank, market, live, Moment.LOAN,
        lambda part, rows, _: part.policy.monitoring.inspection_chance(part.view(market, rows)),
    )  # fmt: skip


def chance_of_check(bank: BankAtWork, market: Market, new: Rows) -> Floats:
    """Return the prescribed chance that the papers of each new loan are checked, (n,)."""
    return by_segment(
        bank, market, new, Moment.LOAN,
        lambda part, rows, _: np.full(rows.size, part.policy.monitoring.watch().proceeds_check),
    )  # fmt: skip


def by_book(market: Market, live: Rows, lender: int, amounts: Floats) -> Floats:
    """Return the sum of `amounts` (n,) over the loans of each book, (books,)."""
    books, size = market.books_of(live, lender), market.books.cash.size
    return np.asarray(np.bincount(books, amounts, size), np.float64)


def read_accounts(month: BankMonth, live: Rows, chance: Floats, means: Watch) -> Reading:
    """Read account data, with `chance` (n,) that somebody does."""
    if means.accounts == 0.0 or not live.size:
        return account_data.nothing_read(live.size)
    terms, data = (means.accounts, means.false_alarms), month.params(AccountData)
    return account_data.reading(month.market, live, month.bank.lender, chance, terms, data)


def proof_after_looks(
    market: Market,
    live: Rows,
    action: Action,
    open_to: Bools,
    *sights: Floats,
    answers: Floats | float = 1.0,
) -> Floats:
    """Return the chance that what is seen this month leads to a proof if a loan is diverted, (n,).

    `sights` (n,) each are the chances that a look sees the misuse; each that does is a trial of the
    action on the warning that stands, or is raised, where a loan is `open_to` (n,) one.  A warning
    that is due is acted on with the chance `answers` (n,) a month.  Nothing is counted on a loan
    whose term ends before the action.
    """
    loans = market.loans
    standing = loans.alarm[live] != NEVER
    age = np.where(standing, market.month - loans.alarm[live], 0)
    wait = np.maximum(action.lag - age, 0)
    in_time = 1.0 - (1.0 - answers) ** np.maximum(loans.remaining[live] - wait, 0)
    unproven = (1.0 - action.success) ** loans.evidence[live]
    missed = np.ones(live.size)
    for sight in sights:
        missed *= 1.0 - action.success * sight
    return np.asarray(in_time * open_to * unproven * (1.0 - missed))


def act(month: BankMonth) -> Acted | None:
    """Act on warnings that are old enough."""
    bank, market = month.bank, month.market
    policy, loans, lender = bank.policy.monitoring, market.loans, bank.lender
    if not policy.looks:
        return None
    action = policy.action()
    due = warned_since(market, lender, action.lag)
    answers = officers_pay.answers(bank, market, due, month.economy.labour)
    rows = due[visits.answered(market, due, lender, answers)]
    proven = visits.proven_by_action(market, rows, lender, action.success)
    late = loans.dpd[rows] > 0
    fresh = ~loans.rescheduled[rows] & ~loans.eased[rows] & ~loans.defaulted[rows] & ~proven
    short = visits.short_of_cash(market, rows, month.params(Visits))
    eased = action.ease & fresh & ~late & short & (loans.remaining[rows] > 0)
    left_alone = late | proven | eased
    return Acted(
        lender=lender,
        rows=rows,
        proven=proven,
        rescheduled=action.reschedule & fresh & late,
        eased=eased,
        extra_months=policy.extra_months,
        probation=month.economy.regulation.probation,
        called=np.where(left_alone, 0.0, acting.paid_on_demand(market, rows, action.asked)),
        added=action.added_cover * loans.balance[rows],
        cost=action.cost,
        contract_cost=action.contract_cost,
        hours=action.hours,
    )


def proven(month: BankMonth) -> Proven | None:
    """Return whose misuse was proven this month, by papers or by an action on a warning."""
    bank = month.bank
    if not bank.policy.monitoring.looks:
        return None
    acted = month.fact(Acted)
    rows = np.union1d(month.fact(Looked).misused, acted.rows[acted.proven])
    return catching.proven(month, bank.lender, rows, bank.policy.monitoring.calls_misuse)
