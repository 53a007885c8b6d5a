"""The check of the books around a month: stocks at its start, identities at its end."""

from __future__ import annotations

from sim.model.bank_month import BankMonth
from sim.state import balance
from sim.state.balance import Opening


def opening(month: BankMonth) -> Opening | None:
    """Remember the stocks before the month begins, where the books are checked."""
    return balance.opening(month.market) if month.check else None


def closing(month: BankMonth) -> None:
    """Raise `BooksError` unless the books balance, where they are checked."""
    if month.check:
        cost = month.economy.resolution.cost
        balance.check(month.market, month.fact(Opening), cost)
