"""How a bank's month closes: allowances, profit and loss, dividends."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.model.bank_month import BankMonth
from sim.state.facts import CountTerms, MonthClosed
from sim.world import expected_loss


def count_terms(month: BankMonth) -> CountTerms:
    """Return what the count of live loans depends on besides the books."""
    economy = month.economy
    expected = expected_loss.on_bad_loans(month.market, economy.resolution)
    return CountTerms(month.firm_params.reputation_weight, economy.unknown_pd, expected)


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
