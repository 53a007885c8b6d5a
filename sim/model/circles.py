"""Guarantee circles: where a bank's rule on guarantors and circles meets the month.

All of it is for scenarios whose firms guarantee each other's loans (`mechanisms.guarantees`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.months import monthly_fading
from sim.mechanisms import calling, followed_calls, recalling
from sim.mechanisms.calling import Calls, GuaranteedDefaults
from sim.mechanisms.followed_calls import FollowedCalls
from sim.mechanisms.guarantees import Guarantees
from sim.mechanisms.recalling import Recalled
from sim.model.bank_month import BankMonth
from sim.state.guarantors import GUARANTORS, all_liable


def defaults_of_called(month: BankMonth) -> FollowedCalls | None:
    """Find the defaults of firms that were called as guarantors within a year."""
    return followed_calls.follow_calls(month) if month.params(Guarantees).share > 0.0 else None


def call_guarantors(month: BankMonth) -> Calls | None:
    """Call the guarantors of loans in arrears for some months."""
    rule, bank = month.bank.policy.recall, month.bank
    if month.params(Guarantees).share == 0.0 or not rule.enforced:
        return None
    return calling.calls(
        month, bank.lender, rule.after, rule.whole, rule.call_cost, rule.call_hours
    )


def guaranteed_defaults(month: BankMonth) -> GuaranteedDefaults | None:
    """Find what is owed on loans with guarantors that default this month, where they are called."""
    rule = month.bank.policy.recall
    if month.params(Guarantees).share == 0.0 or not rule.enforced:
        return None
    return calling.guaranteed_defaults(month, month.bank.lender, monthly_fading(rule.memory))


def called_for_misuse(month: BankMonth) -> Callable[[Rows], Floats] | None:
    """Return what tells, for loans (n,), what firms would owe as guarantors if called, (n,), CNY.

    That is nothing at banks that do not call guarantors; None if there are no guarantees.
    """
    if month.params(Guarantees).share == 0.0:
        return None
    market = month.market
    enforced = np.array([*(float(bank.policy.recall.enforced) for bank in month.banks), 0.0])

    def owed(rows: Rows) -> Floats:
        table = market.table(GUARANTORS)
        return np.asarray(
            all_liable(rows, enforced, market.firms_per_run, market.firms, market.loans, table)
        )

    return owed


def recall(month: BankMonth) -> Recalled | None:
    """Demand, or lengthen, the loans of circles in which a loan has defaulted this month."""
    rule, market, lender = month.bank.policy.recall, month.market, month.bank.lender
    if month.params(Guarantees).share == 0.0 or not rule.acts:
        return None
    seen = market.live if rule.sees_all else market.live_at(lender)
    rows = recalling.of_stressed_circles(market, lender, seen)
    if not rows.size:
        return None
    return Recalled(
        lender=lender,
        rows=rows,
        share=rule.demanded,
        extra_months=rule.more_months,
        cost=rule.step_cost,
        hours=rule.step_hours,
    )
