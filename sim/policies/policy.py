"""What every policy has: in addition to what it does, its fixed running cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sim.core.registry import Member


class Policy(Member):
    """One choice of a bank, a frozen value whose fields are its keys in YAML."""

    process: ClassVar[str] = ""  # what another kind of its family moves, as `Pulled` names it
    acts_with: ClassVar[Mapping[str, Any]] = {}  # what must be set for that, as `Pulled` names it

    def unused(self) -> Mapping[str, str]:
        """Return the keys whose values nothing reads as the others are set, and why."""
        return {}

    def yearly_cost(self, firms: int, seats: float) -> float:
        """Return the running cost of this policy for a branch, CNY a year, independent of lending.

        `firms` is the size of the market, `seats` the number of officers, part-time
        ones counted by their share of full time.
        """
        return 0.0
