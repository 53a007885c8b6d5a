"""Provisioning: the allowance for loan losses that a book must carry.

May import: core, credit, state.
Never: changes what is lost; it moves when loss is shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Family
from sim.policies.policy import Policy

Floats = NDArray[np.float64]


class Provisioning(Policy):
    """How much is set aside."""

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        """Return the allowance, shape (runs,), CNY.

        `by_class` (5, runs) holds gross loans by class, CNY; `mean_pd` (runs,) the bank's mean
        estimate of default over a year.
        """
        raise NotImplementedError(f"{type(self).__name__} must say what is required")


PROVISIONING: Family[Provisioning] = Family(__name__, Provisioning)
