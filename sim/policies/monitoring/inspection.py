"""Inspection: visits at random to live loans, more often to those in arrears."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.monitoring import Monitoring


class Inspection(Monitoring):
    """Visit a share of live loans each month."""

    kind: Literal["inspection"] = "inspection"
    monthly: float = param(
        0.08, unit="1/month", ge=0, le=1, source="A: .08 base, .33 optimised",
        meaning="m: prescribed chance that a loan is inspected in a month",
        cost="monitoring_cost by `inspection_cost`, officer hours by `inspection_hours`",
    )  # fmt: skip
    in_arrears: float = param(
        1.0, unit="ratio", ge=0, le=20, source="A: 1 treats all alike",
        meaning="the chance is multiplied by this for loans in arrears",
    )  # fmt: skip

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        late = files.dpd > 0
        return np.where(late, min(self.monthly * self.in_arrears, 1.0), self.monthly)
