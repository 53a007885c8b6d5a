"""Renewals that hide arrears: what a bank with a weak culture, or its officers, roll over."""

from __future__ import annotations

import numpy as np

from sim.model.bank_month import BankMonth
from sim.state.facts import NO_ROWS, RolledOver
from sim.world import conduct, integrity


def roll_over(month: BankMonth) -> RolledOver:
    """Renew some loans that fall behind, where culture is weak and the bank lets it pass.

    Officers open to favours renew further loans without the bank's knowledge.
    """
    bank, market, labour = month.bank, month.market, month.economy.labour
    policy, loans = bank.policy.monitoring, market.loans
    rows = hidden = NO_ROWS
    if policy.evergreening > 0.0:
        live = market.live_at(bank.lender)
        culture = market.books.culture[market.books_of(live, bank.lender)]
        weak = (loans.behind[live] > 0.0) & (culture < policy.evergreening_below)
        rows = live[weak & ~loans.defaulted[live]]
        rows = rows[conduct.rolled_over(market, rows, bank.lender, policy.evergreening)]
    if labour.open_to_favours > 0.0 and bank.policy.staffing.people:
        hidden = np.setdiff1d(integrity.hidden(market, bank.lender, labour), rows)
        rows = np.union1d(rows, hidden)
    return RolledOver(bank.lender, rows, policy.extra_months, hidden)
