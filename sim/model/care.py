"""Post-loan care: what a bank's looks find, what it does about warnings, and who is proven.

A bank whose monitoring `looks` at nothing finds nothing here.  What follows from a warning follows
from what its looks saw of the borrower; one raised by chance costs an action and the borrower's
patience.  Only what a bank does on mere suspicion, calls, cuts and added cover, follows from any.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.indexing import rows_where
from sim.mechanisms import account_data, acting, catching, visits
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.looking import Looked, Looking
from sim.mechanisms.visits import Visits
from sim.model import bad_news, officers_pay
from sim.model.account_reading import read_accounts
from sim.model.bank_month import BankMonth
from sim.model.proof_to_come import proof_after_looks
from sim.model.visiting import check_papers, visit
from sim.state.market import Market
from sim.state.open_warnings import room, warned_since


def look(month: BankMonth) -> Looked | None:
    """Visit borrowers, check papers, read account data, and raise warnings."""
    bank, market, labour = month.bank, month.market, month.economy.labour
    if not bank.policy.monitoring.looks:
        return None
    means, action = bank.policy.monitoring.watch(), bank.policy.monitoring.action()
    lender, live, loans = bank.lender, market.live_at(bank.lender), market.loans
    officers = market.officer_rows(live, lender, loans.seat[live])
    execution = officers_pay.carried_out(bank, market, officers, labour)
    visited = visit(month, live, officers, execution, means)
    papers = check_papers(month, live, officers, execution, means)
    accounts = read_accounts(month, live, execution, means)
    standing, free, idle = room(market, live, means.quiet_months)
    silent = bad_news.silent(bank, market, live, labour)
    news = bad_news.reported(market, live, visited.alarmed, visited.trouble, visited.times, silent)
    founded = free & (news.trouble | accounts.trouble)
    by_chance = idle & (news.alarmed | accounts.flagged)
    warned = founded | by_chance
    warned[papers.proven_at] = True
    times = news.times + (free & accounts.saw)
    saw = rows_where(times > 0)
    stays = bank.policy.staffing.months_at_desk(market.month)  # what is kept back comes out then
    told = ~silent | (loans.remaining[live] > stays + action.lag)
    later = proof_after_looks(
        market, live, action, free | standing, visited.sight * told, accounts.sight * free,
        answers=officers_pay.answers(bank, market, officers, labour),
    )  # fmt: skip
    proof = papers.proof + (1.0 - papers.proof) * later
    noise = account_data.learned(
        accounts.before, accounts.needed, accounts.by_chance, accounts.flagged, accounts.trouble,
        free,
    )  # fmt: skip
    return Looked(
        lender=lender,
        visited=visited.rows,
        checked=papers.rows,
        misused=live[papers.proven_at],
        warned=live[warned],
        founded=live[founded],
        saw=live[saw],
        times=times[saw],
        unreported=news.kept,
        ruled_out=noise.below,
        ruled_in=noise.above,
        proof_chances=by_book(market, live, lender, proof),
        visit_cost=means.inspection_cost,
        visit_hours=means.inspection_hours,
        check_cost=means.proceeds_cost,
        check_hours=means.proceeds_hours,
        remembered=month.params(Looking).remembered,
    )


def by_book(market: Market, live: Rows, lender: int, amounts: Floats) -> Floats:
    """Return the sum of `amounts` (n,) over the loans of each book, (books,)."""
    books, size = market.books_of(live, lender), market.books.cash.size
    return np.asarray(np.bincount(books, amounts, size), np.float64)


def act(month: BankMonth) -> Acted | None:
    """Act on warnings that are old enough."""
    bank, market = month.bank, month.market
    policy, loans, lender = bank.policy.monitoring, market.loans, bank.lender
    if not policy.looks:
        return None
    action = policy.action()
    due = warned_since(market, lender, action.lag)
    officers = market.officer_rows(due, lender, loans.seat[due])
    answers = officers_pay.answers(bank, market, officers, month.economy.labour)
    rows = due[visits.answered(market, due, lender, answers)]
    proven = visits.proven_by_action(market, rows, lender, action.success)
    late = loans.dpd[rows] > 0
    fresh = ~loans.rescheduled[rows] & ~loans.eased[rows] & ~loans.defaulted[rows]
    helped = loans.founded[rows] & fresh & ~proven
    short = visits.short_of_cash(market, rows, month.params(Visits))
    eased = action.ease & helped & ~late & short & (loans.remaining[rows] > 0)
    left_alone = late | proven | eased
    return Acted(
        lender=lender,
        rows=rows,
        proven=proven,
        rescheduled=action.reschedule & helped & late,
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
    rows, misused = acted.rows[acted.proven], month.fact(Looked).misused
    if misused.size:
        rows = np.union1d(misused, rows)
    return catching.proven(month, bank.lender, rows, bank.policy.monitoring.calls_misuse)
