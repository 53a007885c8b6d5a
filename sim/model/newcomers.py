"""Newcomers: banks that enter the product some months before month 1, with nothing learnt.

Until then such a bank is closed: it has no file, officer or cost of this product, and others serve
the firms that would ask it, at the rate that a rival quotes anybody.  When it enters, its rating,
costs and files begin with what it is told (`sim.state.post.bank_entered`), its rules are on paper,
its officers are new to such firms, and the firms have seen none of its checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.model.bank import BankAtWork
from sim.model.banks import Banks
from sim.policies.approval.all import All
from sim.policies.collateral.none import NoCollateral
from sim.policies.monitoring.none import NoMonitoring
from sim.policies.pricing.flat import Flat as FlatPricing
from sim.policies.products.instalment import Instalment
from sim.policies.rating.flat import Flat as FlatRating
from sim.policies.screening.none import NoScreening
from sim.policies.staffing.none import NoStaffing
from sim.scenario.newcomer import entry_month
from sim.scenario.schema import BankParams


class Newcomers:
    """The banks before month 1, `open`, of which some are closed at first."""

    def __init__(self, open: Banks, policies: Mapping[str, BankParams], first_month: int):
        self.open = open
        self.policies = policies
        self.new = {
            name: entry_month(policy.new_to_product, first_month)
            for name, policy in policies.items()
            if policy.new_to_product is not None
        }
        self._phases: dict[frozenset[str], Banks] = {frozenset(): open}

    def banks_in(self, month: int) -> Banks:
        """Return the banks in a month before month 1; those that have not entered are closed."""
        closed = frozenset(name for name, entry in self.new.items() if month < entry)
        if closed not in self._phases:
            self._phases[closed] = self._without(closed)
        return self._phases[closed]

    def entering(self, month: int, banks: Banks) -> Iterator[BankAtWork]:
        """Yield those of the `banks` that enter in a month."""
        return (bank for bank in banks if self.new.get(bank.name) == month)

    def _without(self, closed: frozenset[str]) -> Banks:
        policies = {
            name: idle(policy) if name in closed else policy
            for name, policy in self.policies.items()
        }
        some = next(iter(self.open))
        banks = Banks(policies, some.firms_per_run, some.sectors, self.open.guarantees, closed)
        banks.banks = [  # a bank that is there is one and the same, with what it has learnt
            one if one.closed else other
            for one, other in zip(banks.banks, self.open.banks, strict=True)
        ]
        return banks


def idle(policy: BankParams) -> BankParams:
    """Return a bank that does nothing in the product, with the books of `policy`."""
    return BankParams(
        screening=NoScreening(memory=0.0, learns_from_behaviour=False),
        rating=FlatRating(),
        pricing=FlatPricing(),
        products=Instalment(),
        approval=All(days=0.0, cost=0.0, hours=0.0),
        collateral=NoCollateral(),
        monitoring=NoMonitoring(),
        staffing=NoStaffing(audit=0.0),
        workout=policy.workout,
        provisioning=policy.provisioning,
        capital=policy.capital,
        branch_cost=0.0,
        cost_per_loan=policy.cost_per_loan,
        growth_target=-1.0,
        reserve=policy.reserve,
        new_to_product=policy.new_to_product,
    )
