"""What is to stand for a loan: what the bank's policy asks of the firm, or its invoices.

Where a loan is made against invoices, these are assigned and take the place of all else.
"""

from __future__ import annotations

import numpy as np

from sim.core.view import View
from sim.model.bank import BankAtWork
from sim.policies.collateral import Secured
from sim.scenario.schema import BankParams, FirmParams
from sim.state.facts import Floats
from sim.state.loans import Security
from sim.state.market import Market
from sim.state.owned import Owned
from sim.world import assets


def security_of(bank: BankAtWork, market: Market, files: View, firm_params: FirmParams) -> Secured:
    """Return what is to stand for each request in `files`."""
    collateral, products = bank.policy.collateral, bank.policy.products
    if collateral.looks_at_assets:
        rows = files.rows.astype(np.int64, copy=False)
        owned = assets.owned(market, rows, firm_params.assets)
    else:
        owned = Owned(*np.zeros((3, len(files))))
    asked = collateral.secure(files, owned)
    if not products.takes_invoices:
        return asked
    terms = products.terms(files)
    assigned = terms.invoices > 0.0
    return Secured(
        value=np.where(assigned, terms.invoices, asked.value),
        kind=np.where(assigned, Security.INVOICES, asked.kind).astype(np.int8),
        guaranteed=np.where(assigned, 0.0, asked.guaranteed),
        cost=np.where(assigned, products.assignment_cost, asked.cost),
    )


def counted_shares(policy: BankParams) -> Floats:
    """Return the share of each kind of security that a bank counts, (kinds,)."""
    shares = policy.collateral.counted()
    shares[Security.INVOICES] = policy.products.invoices_counted
    return shares


def counted_cover(shares: Floats, security: Secured) -> Floats:
    """Return what a bank counts of the security for each loan, over the amount lent, (n,).

    `shares` (kinds,) are those that it counts of each kind.
    """
    pledged = shares[security.kind] * security.value
    return pledged + shares[Security.GUARANTOR] * security.guaranteed
