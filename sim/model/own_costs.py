"""What a bank spends for each loan beyond the people, branch and systems that it plans.

It is read from the bank's own ledger, so a rule on paper that nobody carries out costs nothing, and
whatever is charged to the books is in the price: visits, checks and actions as often as they
happen, second reviews, audits, security, marketing, supervision and bonus.  What ends a loan is not
(collection, guarantee fees): the first is in the loss, and cover by a fund is in no price.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.model.bank import BankAtWork
from sim.state.market import Market


def spent_per_loan(bank: BankAtWork, market: Market) -> Floats:
    """Return this month's spending at a yearly pace, shape (runs,), CNY a year per loan.

    12 (monitoring + bonus)/loans + 12 (files + training + fixed - planned)/planned loans

    Monitoring and bonus grow with the book, the rest does not: it is divided by the loans that the
    bank plans, so that a shrinking book does not chase its own price.  0 for a bank that plans no
    number of loans, and the mean so far for one that has none.
    """
    mine = market.books_at(bank.lender)
    if bank.planned_loans == 0.0:
        return np.zeros(market.runs)
    ledger, loans = market.ledger, market.ledger.loans[mine]
    with_the_book = ledger.monitoring_cost[mine] + ledger.bonus[mine]
    planned = bank.policy.staffing.training(bank.full_time) + bank.yearly_cost / 12.0
    other = ledger.training_cost[mine] + ledger.fixed_cost[mine] - planned
    other += ledger.file_cost[mine] - _files_in_rates(bank, market)
    spent = 12.0 * (with_the_book / np.maximum(loans, 1.0) + other / bank.planned_loans)
    return np.where(loans > 0.0, spent, market.books.spent_per_loan[mine])


def carried_by_rates(bank: BankAtWork) -> float:
    """Return the share of that spending that stands in the bank's rates."""
    return bank.policy.pricing.pass_through if bank.planned_loans > 0.0 else 0.0


def _files_in_rates(bank: BankAtWork, market: Market) -> Floats:
    """Return what rates carry for files like those of this month, (runs,), CNY."""
    ledger, mine = market.ledger, market.books_at(bank.lender)
    decisions = bank.decision_cost * ledger.decided[mine]
    return decisions + bank.expected_step_cost(market) * ledger.applications[mine]
