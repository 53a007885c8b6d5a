"""What every policy has: besides what it does, what it costs to keep."""

from __future__ import annotations

from sim.core.registry import Member


class Policy(Member):
    """One choice of a bank, a frozen value whose fields are its keys in YAML."""

    def yearly_cost(self, firms: int, seats: int) -> float:
        """Return what keeping this policy costs a branch, CNY a year, whatever it lends.

        `firms` is the size of the market, `seats` the number of officers.
        """
        return 0.0
