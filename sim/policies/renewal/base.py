"""The base of the renewal policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.view import View
from sim.policies.policy import Policy

BULLETS = {"firms.demand.bullet_share": 0.6}  # loans that end in one payment, else none is renewed


class Renewal(Policy):
    """What the bank does with a loan that ends in one payment when it falls due."""

    process: ClassVar[str] = "renewals"  # what another kind moves

    @property
    def renews(self) -> bool:
        """Whether a borrower may ask for a renewal at all."""
        return True

    @property
    def wait_days(self) -> float:
        """Days from the repayment of a loan to the disbursement of the one that renews it."""
        return 0.0

    @property
    def decision_cost(self) -> float:
        """CNY spent on a renewal when it is decided, besides the cost of any decision."""
        return 0.0

    @property
    def extension_cost(self) -> float:
        """CNY spent on a loan that is renewed without repayment."""
        return 0.0

    def needs_no_repayment(self, files: View, years: Floats) -> Bools:
        """Return which renewals granted need no repayment first, (n,).

        `years` (n,) have passed since the loan was first granted.
        """
        return np.zeros(len(files), bool)
