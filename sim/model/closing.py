"""How a bank's month closes: allowances, profit and loss, dividends."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.model.bank_month import BankMonth
from sim.state.facts import MonthClosed


def required_provisions(month: BankMonth) -> Floats:
    """Return the allowance that each book must carry, shape (books,), CNY."""
    return month.banks.required_provisions(month.market)


def close(month: BankMonth) -> MonthClosed:
    """Return what closes the month's profit and loss."""
    economy = month.economy
    return MonthClosed(economy.funding_rate, economy.tax_rate, month.banks.reserves(month.market))


def dividends(month: BankMonth) -> Floats:
    """Return what each book pays to its owners, shape (books,), CNY."""
    return month.banks.dividends(month.market)
