"""Every parameter of every policy, the figures of the branch, and how each is pulled."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.described import Described, describe
from sim.scenario.schema import FAMILIES, BankParams
from tests.levers.pulls import after_the_loan, before_the_loan, people_and_terms
from tests.levers.pulls.pull import Pull

PULLS: dict[str, Pull] = {
    **before_the_loan.SCREENING, **before_the_loan.RATING, **before_the_loan.APPROVAL,
    **people_and_terms.PRICING, **people_and_terms.PRODUCTS, **people_and_terms.STAFFING,
    **people_and_terms.BRANCH, **after_the_loan.COLLATERAL, **after_the_loan.MONITORING,
    **after_the_loan.RENEWAL, **after_the_loan.WORKOUT, **after_the_loan.PROVISIONING,
    **after_the_loan.CAPITAL,
    **after_the_loan.RECALL,
}  # fmt: skip


class Parameter(NamedTuple):
    """One parameter of one member of a family; a branch's own has neither family nor kind."""

    family: str
    kind: str
    key: str  # dotted, within its bank
    said: Described

    def __str__(self) -> str:
        return self.key.replace(f"{self.family}.", f"{self.family}.{self.kind}.", 1)

    @property
    def pull(self) -> Pull | None:
        """How it is pulled: as its own member says, or as its family does."""
        return PULLS.get(str(self), PULLS.get(self.key))


def parameters() -> list[Parameter]:
    """Return all parameters that a bank can have, read from their declarations."""
    found = [
        Parameter(family, kind, one.key, one)
        for family, members in FAMILIES.items()
        for kind, member in members.members.items()
        for one in describe(member, f"{family}.")
    ]
    own = [one for one in describe(BankParams) if "." not in one.key]
    return found + [Parameter("", "", one.key, one) for one in own]


PARAMETERS = parameters()
