"""Five classes: a rate per class, and a floor on the coverage of non-performing loans.

allowance = max(1/2/25/50/100 % by class, coverage_min x non-performing)
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.credit.classes import provision_of_class
from sim.policies.provisioning.base import Provisioning


class FiveClass(Provisioning):
    """The regulator's schedule."""

    kind: Literal["five_class"] = "five_class"
    coverage_min: float = param(
        1.2, unit="ratio", ge=0, le=10, source="R: 120-150 %, 2018 notice",
        meaning="minimum allowance over non-performing loans",
        cost="provision_charge, earlier than the loss",
        extremes=(1.0, 3.0), process="provisions",
    )  # fmt: skip

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        return np.asarray(provision_of_class(*by_class, self.coverage_min))
