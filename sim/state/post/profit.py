"""Post the month's result: provisions, costs, tax, and the profit that goes to equity."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.state.facts import CostsInPrice, MonthClosed, RunningCosts
from sim.state.market import Market


def provisions(market: Market, required: Floats) -> None:
    """Set the allowance of every book to the required amount, shape (books,), CNY."""
    books, ledger = market.tables.books, market.tables.ledger
    ledger.provision_charge[:] = required - books.provisions
    books.provisions[:] = required


@compiled
def _charge(costs, lenders, books, ledger):  # type: ignore[no-untyped-def]
    for run in range(costs.salaries.size):
        b = run * lenders + costs.lender
        ledger.salaries[b] += costs.salaries[run]
        ledger.training_cost[b] += costs.training[run]
        ledger.bonus[b] += costs.bonus[run]
        ledger.monitoring_cost[b] += costs.monitoring[run]
        ledger.fixed_cost[b] += costs.fixed[run]
        # the cost is booked in full below; the deferred part stays in cash
        deferred = costs.bonus_deferred[run] - costs.bonus_released[run]
        books.deferred_bonus[b] += deferred
        books.cash[b] += deferred


def running_costs(market: Market, costs: RunningCosts) -> None:
    """Post one bank's costs that are not caused by a single loan."""
    _charge(costs, market.lenders, market.tables.books, market.tables.ledger)


def costs_in_price(market: Market, costs: CostsInPrice) -> None:
    """Note what a bank spent, and move what its rates carry, by a month's step at most."""
    books, mine = market.tables.books, market.books_at(costs.lender)
    mean, carried = books.spent_per_loan, books.cost_in_price
    mean[mine] += costs.weight * (costs.spent - mean[mine])
    missing = costs.planned + mean[mine] - carried[mine]
    carried[mine] += np.minimum(np.maximum(missing, -costs.step), costs.step)


@compiled
def _close(books, ledger, funding_rate, tax_rate, reserves, tax_is_due):  # type: ignore[no-untyped-def]
    for b in range(books.cash.size):
        ledger.funding_cost[b] = books.funding[b] * funding_rate / 12.0
        books.cash[b] -= ledger.funding_cost[b]
        spent = (
            ledger.file_cost[b] + ledger.salaries[b] + ledger.training_cost[b] + ledger.bonus[b]
            + ledger.monitoring_cost[b] + ledger.fund_fees[b] + ledger.fixed_cost[b]
        )  # fmt: skip
        books.cash[b] -= spent
        ledger.profit_before_tax[b] = (
            ledger.interest_income[b] - ledger.funding_cost[b] - spent
            - ledger.workout_cost[b] - ledger.provision_charge[b]
        )  # fmt: skip
        ledger.tax[b] = tax_rate * ledger.profit_before_tax[b]
        ledger.profit[b] = ledger.profit_before_tax[b] - ledger.tax[b]
        books.tax_payable[b] += ledger.tax[b]
        books.equity[b] += ledger.profit[b]
        if tax_is_due:
            books.cash[b] -= books.tax_payable[b]
            books.tax_payable[b] = 0.0
        need = reserves[b] - books.cash[b]
        books.cash[b] += need
        books.funding[b] += need


def month_result(market: Market, closed: MonthClosed) -> None:
    """Charge funding and tax, book the profit, and refill or place cash.

    Tax is symmetric, since a branch's loss lowers the tax of its bank, and is settled every third
    month.
    """
    books, page = market.tables.books, market.tables.ledger
    _close(
        books, page, closed.funding_rate, closed.tax_rate, closed.reserves, market.month % 3 == 0
    )
