"""What a bank proposes for each request before it sets a rate: amount, product and security."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Floats
from sim.core.view import View
from sim.model import officers_pay
from sim.model.bank import BankAtWork
from sim.model.security import security_of
from sim.policies.collateral.base import Secured
from sim.policies.products.base import Terms
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.market import Market


class Proposal(NamedTuple):
    """What is proposed for requests, (n,) each."""

    amount: Floats  # CNY
    terms: Terms
    security: Secured


def proposal_for(
    bank: BankAtWork, market: Market, files: View, firm_params: FirmParams, economy: EconomyParams
) -> Proposal:
    """Return what is proposed for each request in `files`, (n,) each, by the bank's one rule."""
    return Proposal(
        officers_pay.proposed(bank, market, files, economy.labour),
        bank.policy.products.terms(files),
        security_of(bank, market, files, firm_params),
    )
