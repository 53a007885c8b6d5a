"""How much of a loan is owed on average, by its kind, which is what its costs are spread over.

A loan repaid in parts is owed at `pricing.paid_down` of its amount over its term; one that ends in
one payment is owed in full until then, and pays interest on all of it.  A constant chance of
default and a constant loss given default cost the same rate on any balance (`sim.credit.pricing`),
so kinds differ in what the bank's work costs for each CNY owed.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Int8s, Int16s
from sim.core.view import View
from sim.credit.amortisation import average_balance
from sim.credit.schedule import Schedule
from sim.model.bank import BankAtWork
from sim.policies.products.base import Terms
from sim.state.market import Market
from sim.world import maturities
from sim.world.demand import Demand

IN_FULL = 1.0  # of the amount


def mean_owed(
    bank: BankAtWork, market: Market, files: View, terms: Terms, demand: Demand
) -> Floats:
    """Return the mean balance over the amount of each loan asked for, (n,), if made this month."""
    schedule = schedules_asked(bank, market, files, terms, demand)
    in_parts = bank.policy.pricing.paid_down
    return np.where(schedule == Schedule.BULLET, IN_FULL, in_parts)


def schedules_asked(
    bank: BankAtWork, market: Market, files: View, terms: Terms, demand: Demand
) -> Int8s:
    """Return the schedule of each loan asked for, (n,): a renewal is repaid as the loan was.

    `terms` are those of new loans.
    """
    rows, loans = files.rows, market.loans
    new = maturities.schedules(market, rows, terms.schedule, files.tenor, demand)
    renewed = loans.lender[rows] == bank.lender
    return np.where(renewed, loans.schedule[rows], new).astype(np.int8)


def average_owed(amount: Floats, rate: Floats, term: Int16s, schedule: Int8s) -> Floats:
    """Return the mean balance of loans with these schedules over their terms, (n,), CNY.

    All are (n,): `amount` CNY, `rate` 1/year, `term` months.
    """
    in_parts = average_balance(amount, rate, term)
    return np.where(schedule == Schedule.BULLET, IN_FULL * amount, in_parts)
