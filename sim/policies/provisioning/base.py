"""The base of the provisioning policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

from sim.core.arrays import Floats
from sim.policies.policy import Policy


class Provisioning(Policy):
    """How large the allowance for loan losses must be."""

    process: ClassVar[str] = "allowance_swing coverage provisions"  # what another kind moves

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        """Return the allowance, shape (runs,), CNY.

        `by_class` (5, runs) holds gross loans by class, CNY; `mean_pd` (runs,) the bank's mean
        estimate of default over a year.
        """
        raise NotImplementedError(f"{type(self).__name__} must define `required`")
