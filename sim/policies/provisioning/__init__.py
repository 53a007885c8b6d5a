"""Provisioning: the allowance for loan losses that a book must hold.

May import: core, credit, state.
Never: changes losses; it changes when they are recognised.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import Family
from sim.policies.policy import Policy

Floats = NDArray[np.float64]


class Provisioning(Policy):
    """How large the allowance for loan losses must be."""

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        """Return the allowance, shape (runs,), CNY.

        `by_class` (5, runs) holds gross loans by class, CNY; `mean_pd` (runs,) the bank's mean
        estimate of default over a year.
        """
        raise NotImplementedError(f"{type(self).__name__} must define `required`")


PROVISIONING: Family[Provisioning] = Family(__name__, Provisioning)
