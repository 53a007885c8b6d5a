"""Post-loan care: what a bank's looks find, what it does about warnings, and who is proven.

For banks whose monitoring `cares`; those of others find nothing here and are served by
`sim.model.oversight`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.mechanisms import account_data, acting, catching, monitoring, visits
from sim.mechanisms.account_data import AccountData
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.looking import Looked, Looking
from sim.mechanisms.visits import Visits
from sim.model import officers_pay
from sim.model.bank_month import BankMonth
from sim.model.oversight import chance_of_check, chance_of_inspection
from sim.policies.monitoring.base import Action, Watch
from sim.state.market import NEVER, Market
from sim.state.open_warnings import warned_since


def look(month: BankMonth) -> Looked | None:
    """Visit borrowers, check papers, read account data, and raise warnings."""
    bank, market = month.bank, month.market
    if not bank.policy.monitoring.cares:
        return None
    means, action = bank.policy.monitoring.watch(), bank.policy.monitoring.action()
    seeing, rule = month.params(Visits), month.params(Looking)
    live, loans, lender = market.live_at(bank.lender), market.loans, bank.lender
    execution = officers_pay.carried_out(bank, market, live, month.economy.labour)
    chance = chance_of_inspection(bank, market, live) * execution
    visited = monitoring.visited(market, live, lender, chance)
    sees = visits.chance_of_seeing(means.precision, means.false_alarms, seeing)
    seen = np.zeros(live.size, bool)
    seen[visited] = visits.alarmed(market, live[visited], lender, sees, means.false_alarms, seeing)
    of_age = loans.granted[live] == market.month - means.check_month
    new = live[of_age]
    chance = chance_of_check(bank, market, new) * execution[of_age]
    checked = new[monitoring.use_checked(market, new, lender, chance)]
    misused = checked[visits.proven_by_papers(market, checked, lender, seeing)]
    accounts = read_accounts(month, live, execution, means)
    standing = loans.alarm[live] != NEVER
    quiet = market.month - loans.answered[live] < means.quiet_months
    free = ~standing & ~quiet & ~loans.defaulted[live]
    proof = proof_after_warning(market, live, action, free, standing)
    proof *= np.where(visited, sees, 0.0) + np.where(free, accounts.chance, 0.0)
    proof += np.where(np.isin(live, checked), seeing.papers_prove, 0.0)
    diverting = market.firms.diverting[live]
    return Looked(
        lender=lender,
        visited=live[visited],
        found=live[seen & standing],
        checked=checked,
        misused=misused,
        warned=np.union1d(live[free & (seen | accounts.flagged)], misused),
        ruled_out=accounts.ruled_out,
        proof_chances=by_book(market, live, lender, diverting * proof),
        diverting=by_book(market, live, lender, diverting),
        visit_cost=means.inspection_cost,
        visit_hours=means.inspection_hours,
        check_cost=means.proceeds_cost,
        check_hours=means.proceeds_hours,
        remembered=rule.remembered,
        view_weight=rule.view_weight,
    )


def by_book(market: Market, live: Rows, lender: int, amounts: Floats | Bools) -> Floats:
    """Return the sum of `amounts` (n,) over the loans of each book, (books,)."""
    books, size = market.books_of(live, lender), market.books.cash.size
    return np.asarray(np.bincount(books, amounts, size), np.float64)


class Reading(NamedTuple):
    """What account data say of a bank's live loans."""

    flagged: Bools  # (n,) a warning is due
    chance: Floats  # (n,) that the reading warns, given earlier ones; 0 where none was made
    ruled_out: Floats  # (n,) noise above it would have raised a warning


def read_accounts(month: BankMonth, live: Rows, chance: Floats, means: Watch) -> Reading:
    """Read account data, with `chance` (n,) that somebody does."""
    market, lender, data = month.market, month.bank.lender, month.params(AccountData)
    if means.accounts == 0.0 or not live.size:
        return Reading(np.zeros(live.size, bool), np.zeros(live.size), np.full(live.size, np.inf))
    stress = account_data.all_stress(live, market.firms, data.record())
    sd = account_data.noise_sd(means.accounts, data)
    noise = account_data.noise(market, live, lender, data)
    books, size = market.books_of(live, lender), market.books.cash.size
    pays, share = market.loans.dpd[live] == 0, 1.0 - means.false_alarms
    threshold = account_data.thresholds(stress + sd * noise, pays, books, size, share)[books]
    needed = (threshold - stress) / sd
    read = account_data.was_read(market, live, lender, chance)
    before = market.loans.ruled_out[live]
    if account_data.begins(market.month, data):
        before = np.full(live.size, np.inf)
    return Reading(
        flagged=read & (noise > needed),
        chance=np.where(read, account_data.chance_of_warning(needed, before), 0.0),
        ruled_out=np.where(read, np.minimum(before, needed), before),
    )


def proof_after_warning(
    market: Market, live: Rows, action: Action, free: Bools, standing: Bools
) -> Floats:
    """Return the chance that seeing misuse now leads to its proof, (n,).

    Where a warning stands, seeing it adds a trial to the action.  Nothing is counted on a loan
    whose term ends before the action.
    """
    loans, failure = market.loans, 1.0 - action.success
    wait = action.lag - np.where(standing, market.month - loans.alarm[live], 0)
    in_time = loans.remaining[live] > wait
    one_more = action.success * failure ** (1.0 + loans.evidence[live])
    chance = np.where(free, action.success, np.where(standing, one_more, 0.0))
    return np.asarray(in_time * chance)


def act(month: BankMonth) -> Acted | None:
    """Act on warnings that are old enough."""
    bank, market = month.bank, month.market
    policy, loans, lender = bank.policy.monitoring, market.loans, bank.lender
    if not policy.cares:
        return None
    action = policy.action()
    rows = warned_since(market, lender, action.lag)
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
    if not bank.policy.monitoring.cares:
        return None
    acted = month.fact(Acted)
    rows = np.union1d(month.fact(Looked).misused, acted.rows[acted.proven])
    return catching.proven(month, bank.lender, rows, bank.policy.monitoring.calls_misuse)
