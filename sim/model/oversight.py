"""Post-loan monitoring: inspections, warnings, renewals and interventions."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.mechanisms import intervention, monitoring
from sim.mechanisms.intervention import Intervened
from sim.mechanisms.monitoring import Monitoring, Watched
from sim.model import officers_pay
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.policies.monitoring.base import Watch
from sim.state.facts import NO_FLAGS, NO_MONEY, NO_ROWS, RolledOver
from sim.state.market import Market
from sim.state.open_warnings import warned_since
from sim.world import conduct, integrity


def watch(month: BankMonth) -> Watched | None:
    """Inspect live loans and raise warnings."""
    bank, market = month.bank, month.market
    policy, rule = bank.policy.monitoring, month.params(Monitoring)
    if policy.cares:
        return None
    if not policy.looks:
        return no_inspection(bank.lender, policy.watch(), rule)
    live = market.live_at(bank.lender)
    means = policy.watch()
    execution = officers_pay.carried_out(bank, market, live, month.economy.labour)
    chance = chance_of_inspection(bank, market, live) * execution
    rows = live[monitoring.visited(market, live, bank.lender, chance)]
    second = market.loans.granted[live] == market.month - 1
    new = live[second]
    chance = chance_of_check(bank, market, new) * execution[second]
    checked = new[monitoring.use_checked(market, new, bank.lender, chance)]
    score = monitoring.score(market, rows, bank.lender, means.precision, rule)
    threshold = market.books.threshold[market.books_of(rows, bank.lender)]
    return Watched(
        lender=bank.lender,
        inspected=rows,
        alarmed=score > threshold,
        healthy=market.loans.dpd[rows] == 0,
        checked=checked,
        misused=market.firms.diverting[checked],
        check_cost=means.proceeds_cost,
        check_hours=means.proceeds_hours,
        cost=means.inspection_cost,
        hours=means.inspection_hours,
        false_alarms=means.false_alarms,
        threshold_step=means.threshold_step,
        view_weight=rule.view_weight,
    )


def chance_of_inspection(bank: BankAtWork, market: Market, live: Rows) -> Floats:
    """Return the prescribed chance that each live loan is inspected this month, (n,)."""
    return by_segment(
        bank, market, live, Moment.LOAN,
        lambda part, rows, _: part.policy.monitoring.inspection_chance(part.view(market, rows)),
    )  # fmt: skip


def chance_of_check(bank: BankAtWork, market: Market, new: Rows) -> Floats:
    """Return the prescribed chance that the use of each new loan is checked, (n,)."""
    return by_segment(
        bank, market, new, Moment.LOAN,
        lambda part, rows, _: np.full(rows.size, part.policy.monitoring.watch().proceeds_check),
    )  # fmt: skip


def no_inspection(lender: int, means: Watch, rule: Monitoring) -> Watched:
    """Return the fact that a bank looked at no loan."""
    return Watched(
        lender=lender,
        inspected=NO_ROWS, alarmed=NO_FLAGS, healthy=NO_FLAGS,
        checked=NO_ROWS, misused=NO_FLAGS,
        check_cost=0.0, check_hours=0.0, cost=0.0, hours=0.0,
        false_alarms=means.false_alarms, threshold_step=means.threshold_step,
        view_weight=rule.view_weight,
    )  # fmt: skip


def roll_over(month: BankMonth) -> RolledOver:
    """Renew some loans that fall behind, where culture is weak and the bank lets it pass.

    Officers open to favours renew further loans without the bank's knowledge.
    """
    bank, market, labour = month.bank, month.market, month.economy.labour
    policy, loans = bank.policy.monitoring, market.loans
    rows = hidden = NO_ROWS
    if policy.evergreening > 0.0:
        live = market.live_at(bank.lender)
        culture = market.books.culture[market.books_of(live, bank.lender)]
        weak = (loans.behind[live] > 0.0) & (culture < policy.evergreening_below)
        rows = live[weak & ~loans.defaulted[live]]
        rows = rows[conduct.rolled_over(market, rows, bank.lender, policy.evergreening)]
    if labour.open_to_favours > 0.0 and bank.policy.staffing.people:
        hidden = np.setdiff1d(integrity.hidden(market, bank.lender, labour), rows)
        rows = np.union1d(rows, hidden)
    return RolledOver(bank.lender, rows, policy.extra_months, hidden)


def intervene(month: BankMonth) -> Intervened | None:
    """Act on warnings that are old enough to have reached someone who acts."""
    bank, market = month.bank, month.market
    policy, loans = bank.policy.monitoring, market.loans
    if policy.cares:
        return None
    action = policy.action()
    rows = warned_since(market, bank.lender, action.lag)
    if not rows.size:
        return no_intervention(bank.lender)
    probation = month.economy.regulation.probation
    late = loans.dpd[rows] > 0
    fresh = ~loans.rescheduled[rows] & ~loans.defaulted[rows]
    reschedule = late & fresh if action.reschedule else np.zeros(rows.size, bool)
    called = np.where(late, 0.0, intervention.repaid_on_call(market, rows, action.asked))
    return Intervened(
        lender=bank.lender,
        rows=rows,
        stopped=intervention.stops_diverting(market, rows, action.success),
        rescheduled=reschedule,
        extra_months=policy.extra_months,
        probation=probation,
        called=called,
        added=action.added_cover * loans.balance[rows],
        cost=action.cost,
        hours=action.hours,
    )


def no_intervention(lender: int) -> Intervened:
    """Return the fact that a bank made no intervention."""
    return Intervened(
        lender=lender,
        rows=NO_ROWS, stopped=NO_FLAGS, rescheduled=NO_FLAGS, extra_months=0, probation=0,
        called=NO_MONEY, added=NO_MONEY, cost=0.0, hours=0.0,
    )  # fmt: skip
