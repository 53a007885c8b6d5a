"""The plan of lending: what a bank means to have on its book, and how far it is from that.

Before month 1 a bank that is no longer young plans to keep the mean of its book; from month 1 on
the plan grows from there, B_0 (1 + g)^(t/12).  So officers work under a plan all the time, and only
its growth begins with month 1.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.model.bank import BankAtWork
from sim.scenario.newcomer import entry_month
from sim.state.market import Market

YEAR = 12  # months: a mean over less would carry the season


def gap(bank: BankAtWork, market: Market, loans: Floats) -> Floats:
    """Return the shortfall of a bank's `loans` (runs,), CNY, from plan, (runs,), from -1 to 1.

    clip((target - loans) / (width target), -1, 1); 0 without a plan.  The plan is one for the
    loans at a month's end, so `loans` must be those of a month's end too.
    """
    target = target_volume(bank, market)
    missed = (target - loans) / np.maximum(bank.policy.pressure_width * target, 1.0)
    return np.where(target > 0.0, np.minimum(np.maximum(missed, -1.0), 1.0), 0.0)


def target_volume(bank: BankAtWork, market: Market) -> Floats:
    """Return the gross loans that a bank plans for this month, (runs,), CNY; 0 without a plan."""
    month, growth = market.month, 1.0 + bank.policy.growth_target
    if month < 1:
        growth = float(growth > 0.0 and months_observed(bank, market, month) >= YEAR)
    else:
        growth = growth ** (month / 12.0)
    return market.books.volume_base[market.books_at(bank.lender)] * growth


def months_observed(bank: BankAtWork, market: Market, month: int) -> int:
    """Return how many months' ends a bank that is no longer young has seen before a month."""
    began = entry_month(bank.policy.new_to_product, market.first_month)
    return month - began - bank.policy.capital.young_months
