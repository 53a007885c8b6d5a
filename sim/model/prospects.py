"""The reach of each bank: its officers' prospecting, and what its plan of growth adds to it.

Who may not lend seeks no applicants, so only those come who come unasked.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.model import officers_pay, planned_search, standing, volume_plan
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.state.choices import Reached
from sim.world import officers_choice, prospecting

LEAST_REACH = 1e-9  # walk-ins alone are more


def reach(month: BankMonth) -> Reached | None:
    """Return the reach of each bank, where applications follow prospecting."""
    if not month.firm_params.prospects.respond:
        return None
    found = [_reach_of(month, bank) for bank in month.banks]
    reached, bought = (np.array(one) for one in zip(*found, strict=True))
    return Reached(reached, bought)


def _reach_of(month: BankMonth, bank: BankAtWork) -> tuple[Floats, Floats]:
    prospects, labour = month.firm_params.prospects, month.economy.labour
    hours = np.ones(month.market.runs)
    if officers_pay.choose(bank, labour):
        pull = officers_pay.pulls(bank, month.market, labour)
        spent = officers_choice.hours(pull, labour.choice).prospecting
        hours = spent / labour.choice.usual_prospecting
    if bank.closed:  # its firms are served by others, who reach as many as is usual
        return np.ones(month.market.runs), np.zeros(month.market.runs)
    hours = np.where(standing.may_lend(bank, month.market), hours, 0.0)
    more = _added_by_plan(month, bank, hours)
    return prospecting.reach(hours, more, prospects), prospecting.bought(hours, more)


def _added_by_plan(month: BankMonth, bank: BankAtWork, hours: Floats) -> Floats:
    """Return what a bank's plan adds to its officers' hours, (runs,); 0 without a plan."""
    market = month.market
    target = volume_plan.target_volume(bank, market)
    lack = target - market.books.gross_loans[market.books_at(bank.lender)]
    wanted = planned_search.planned_reach(bank, market, lack)
    most = bank.policy.staffing.prospecting
    more = prospecting.added(wanted, hours, most, month.firm_params.prospects)
    return np.where(target > 0.0, more, 0.0)


def marketing(month: BankMonth, bank: BankAtWork) -> Floats | float:
    """Return what a bank spent this month on prospecting beyond its officers' hours, (runs,), CNY.

    What officers do themselves is paid as salaries.
    """
    reached = month.found(Reached)
    if reached is None:
        return 0.0
    received = month.market.ledger.applications[month.market.books_at(bank.lender)]
    usual = received / np.maximum(reached.reach[bank.lender], LEAST_REACH)
    each, bought = bank.policy.staffing.marketing_cost, reached.bought[bank.lender]
    return prospecting.price_of_search(bought, usual, each, month.firm_params.prospects)
