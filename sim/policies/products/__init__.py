"""Products: how principal falls due, and how well that meets the firm's season.

May import: core, credit, state.
Never: knows the firm's cash flow; it sees the sector and the request.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy


class Terms(NamedTuple):
    """Terms offered beside the rate."""

    schedule: NDArray[np.int8]  # (n,) code of the repayment schedule
    fit: NDArray[np.float64]  # (n,) probability that dues meet the firm's cash peak


class Products(Policy):
    """What kinds of loan are on offer."""

    def terms(self, files: View) -> Terms:
        """Return the product that each applicant is offered."""
        raise NotImplementedError(f"{type(self).__name__} must offer terms")


PRODUCTS: Family[Products] = Family(__name__, Products)
