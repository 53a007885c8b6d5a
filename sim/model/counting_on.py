"""What a bank counts on from firms that guarantee its loans, when it sets a rate.

The share of what such loans owed in default that their guarantors have paid at this bank, so a
bank that calls nobody, or whose guarantors had nothing, counts on nothing.  What they leave unpaid
is a loss as on any loan.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.money import PENNY
from sim.core.view import View
from sim.mechanisms.guarantees import promised
from sim.model.bank import BankAtWork
from sim.policies.collateral.base import Secured
from sim.state.guarantors import CLAIMS, GUARANTORS, balances_with_guarantors
from sim.state.market import Market


def seen_to_pay(bank: BankAtWork, market: Market) -> Floats:
    """Return the share of its claims that guarantors have paid at a bank, (runs,)."""
    claims, mine = market.table(CLAIMS), market.books_at(bank.lender)
    owed = np.maximum(claims.owed[mine] + bank.policy.recall.doubt, PENNY)
    return np.minimum(claims.paid[mine] / owed, 1.0)


def paid_by_partners(bank: BankAtWork, market: Market, files: View, security: Secured) -> Floats:
    """Return the share of each requested loan that guarantors would pay in default, (n,)."""
    brings = promised(market, files.rows, security.value, bank.guarantees)
    return np.asarray(brings * seen_to_pay(bank, market)[files.run])


def paid_for_book(bank: BankAtWork, market: Market) -> Floats:
    """Return the share of its book that guarantors would pay in default, (runs,)."""
    live, table = market.live_at(bank.lender), market.table(GUARANTORS)
    total, guaranteed = balances_with_guarantors(
        live, market.runs, market.firms, market.loans, table
    )
    return np.asarray(seen_to_pay(bank, market) * guaranteed / np.maximum(total, PENNY))
