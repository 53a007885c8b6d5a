"""The base of the products policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.view import View
from sim.policies.policy import Policy


class Terms(NamedTuple):
    """Terms offered in addition to the rate."""

    schedule: NDArray[np.int8]  # (n,) code of the repayment schedule
    fit: NDArray[np.float64]  # (n,) probability that payments match the firm's cash-flow peak
    invoices: NDArray[np.float64]  # (n,) invoices assigned, over the amount lent; 0 for none


class Products(Policy):
    """What kinds of loan are on offer."""

    process: ClassVar[str] = "seasonal bullet"  # what another kind moves

    @property
    def takes_invoices(self) -> bool:
        """Whether any loan is made against invoices."""
        return False

    @property
    def invoices_counted(self) -> float:
        """Share of assigned invoices that the bank counts when it sets a rate, after haircut."""
        return 1.0

    @property
    def assignment_cost(self) -> float:
        """CNY spent on checking and assigning the invoices for a loan."""
        return 0.0

    @property
    def months_off(self) -> int:
        """Months by which the payments of an ill-fitting product miss the firm's cash-flow peak."""
        return 0

    def terms(self, files: View) -> Terms:
        """Return the product that each applicant is offered."""
        raise NotImplementedError(f"{type(self).__name__} must define `terms`")
