"""Reading account data: what they say of each of a bank's live loans this month."""

from __future__ import annotations

from sim.core.arrays import Floats, Rows
from sim.mechanisms import account_data
from sim.mechanisms.account_data import AccountData, Reading
from sim.model.bank_month import BankMonth
from sim.policies.monitoring.base import Watch


def read_accounts(month: BankMonth, live: Rows, chance: Floats, means: Watch) -> Reading:
    """Read account data, with `chance` (n,) that somebody does."""
    if means.accounts == 0.0 or not live.size:
        return account_data.nothing_read(live.size)
    terms, data = (means.accounts, means.false_alarms), month.params(AccountData)
    return account_data.reading(month.market, live, month.bank.lender, chance, terms, data)
