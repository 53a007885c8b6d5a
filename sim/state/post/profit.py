"""Post the month's result: provisions, costs, tax, and the profit that goes to equity."""

from __future__ import annotations

import numpy as np

from sim.state.facts import Floats, RunningCosts
from sim.state.market import Market


def provisions(market: Market, required: Floats) -> None:
    """Bring the allowance of every book to what is required, shape (books,), CNY."""
    books, ledger = market.tables.books, market.tables.ledger
    ledger.provision_charge[:] = required - books.provisions
    books.provisions[:] = required


def running_costs(market: Market, costs: RunningCosts) -> None:
    """Post one bank's costs that no single loan causes."""
    ledger, books = market.tables.ledger, market.tables.books
    mine = np.arange(costs.lender, books.cash.size, market.lenders)
    ledger.salaries[mine] += costs.salaries
    ledger.training_cost[mine] += costs.training
    ledger.bonus[mine] += costs.bonus
    ledger.monitoring_cost[mine] += costs.monitoring
    ledger.fixed_cost[mine] += costs.fixed
    kept = costs.bonus_deferred - costs.bonus_released
    books.deferred_bonus[mine] += kept
    books.cash[mine] += kept  # the cost is booked in full below; what is kept back stays in cash


def month_result(market: Market, funding_rate: float, tax_rate: float, reserves: Floats) -> None:
    """Charge funding and tax, book the profit, and refill or place cash.

    `funding_rate` 1/year, `reserves` (books,) CNY of cash to hold.  Tax is symmetric, since a
    branch's loss lowers the tax of its bank, and is settled every third month.
    """
    books, page = market.tables.books, market.tables.ledger
    page.funding_cost[:] = books.funding * funding_rate / 12.0
    books.cash[:] -= page.funding_cost
    spent = (
        page.file_cost + page.salaries + page.training_cost + page.bonus + page.monitoring_cost
        + page.fund_fees + page.fixed_cost
    )  # fmt: skip
    books.cash[:] -= spent
    page.profit_before_tax[:] = (
        page.interest_income - page.funding_cost - spent - page.workout_cost - page.provision_charge
    )
    page.tax[:] = tax_rate * page.profit_before_tax
    page.profit[:] = page.profit_before_tax - page.tax
    books.tax_payable[:] += page.tax
    books.equity[:] += page.profit
    if market.month % 3 == 0:
        books.cash[:] -= books.tax_payable
        books.tax_payable[:] = 0.0
    need = reserves - books.cash
    books.cash[:] += need
    books.funding[:] += need
