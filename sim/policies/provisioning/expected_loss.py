"""Expected loss: 12-month loss on sound loans, lifetime loss after an increase in risk.

As in IFRS 9: stage 1 normal, stage 2 special mention, stage 3 non-performing.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.params import param
from sim.policies.provisioning.base import Provisioning


class ExpectedLoss(Provisioning):
    """Allowance from the bank's own estimates."""

    kind: Literal["expected_loss"] = "expected_loss"
    lgd: float = param(
        0.5, unit="share", ge=0, le=1, source="D: half secured", meaning="loss given default",
        cost="provision_charge, earlier than the loss",
        extremes=(0.2, 0.9), process="provisions",
    )  # fmt: skip
    lifetime: float = param(
        5.0, unit="ratio", ge=1, le=100, source="A: significant increase in risk",
        meaning="lifetime PD of special-mention loans, as a multiple of the book's 12-month PD",
        cost="provision_charge, earlier than the loss",
        extremes=(1.0, 20.0), process="provisions",
    )  # fmt: skip

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        year = mean_pd * self.lgd
        weakened = np.minimum(self.lifetime * mean_pd, 1.0) * self.lgd
        return year * by_class[0] + weakened * by_class[1] + self.lgd * by_class[2:].sum(axis=0)
