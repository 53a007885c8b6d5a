"""The security of a loan: what the bank's policy requires of the firm, or assigned invoices.

If a loan is made against invoices, these are assigned and replace all other security.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.view import View
from sim.model.bank import BankAtWork
from sim.model.segments import by_segment
from sim.policies.collateral.base import Secured
from sim.policies.known_facts import Moment
from sim.policies.products.base import Terms
from sim.scenario.schema import BankParams, FirmParams
from sim.state.loans import Security
from sim.state.market import Market
from sim.state.owned import Owned
from sim.world import assets


def security_of(bank: BankAtWork, market: Market, files: View, firm_params: FirmParams) -> Secured:
    """Return the security of each request in `files`, (n,) each, by the bank's one rule."""
    collateral, products = bank.policy.collateral, bank.policy.products
    if collateral.looks_at_assets:
        owned = assets.owned(market, files.rows, firm_params.assets)
    else:
        owned = Owned(*np.zeros((3, len(files))))
    required = collateral.secure(files, owned)
    if not products.takes_invoices:
        return required
    terms = products.terms(files)
    assigned = terms.invoices > 0.0
    return Secured(
        value=np.where(assigned, terms.invoices, required.value),
        kind=np.where(assigned, Security.INVOICES, required.kind).astype(np.int8),
        guaranteed=np.where(assigned, 0.0, required.guaranteed),
        cost=np.where(assigned, products.assignment_cost, required.cost),
    )


def products_of(bank: BankAtWork, market: Market, rows: Rows) -> Terms:
    """Return the product that each applicant is offered, (n,) each."""
    return by_segment(
        bank, market, rows, Moment.DECISION,
        lambda part, some, _: part.policy.products.terms(part.view(market, some)),
    )  # fmt: skip


def security_required(
    bank: BankAtWork, market: Market, rows: Rows, firm_params: FirmParams
) -> Secured:
    """Return the security of each request in `rows`, (n,) each, by the rules for each."""
    return by_segment(
        bank, market, rows, Moment.DECISION,
        lambda part, some, _: security_of(part, market, part.view(market, some), firm_params),
    )  # fmt: skip


def counted_shares(policy: BankParams) -> Floats:
    """Return the share of each kind of security that a bank counts, (kinds,)."""
    shares = policy.collateral.counted()
    shares[Security.INVOICES] = policy.products.invoices_counted
    return shares


def counted_cover(shares: Floats, security: Secured) -> Floats:
    """Return the security of each loan that a bank counts, over the amount lent, (n,).

    `shares` (kinds,) are the shares that it counts of each kind.
    """
    pledged = shares[security.kind] * security.value
    return pledged + shares[Security.GUARANTOR] * security.guaranteed
