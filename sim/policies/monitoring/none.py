"""No monitoring: a loan is forgotten until it is repaid or written off."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.monitoring import Monitoring


class NoMonitoring(Monitoring):
    """Look at nothing."""

    kind: Literal["none"] = "none"
    proceeds_check: float = param(
        0.0, unit="probability", ge=0, le=1, source="D: nothing is looked at",
        meaning="chance that the use of a new loan is checked in its second month",
    )  # fmt: skip

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        return np.zeros(len(files))
