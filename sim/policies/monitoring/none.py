"""No monitoring: a loan is forgotten until it is repaid or written off."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.view import View
from sim.policies.monitoring import Monitoring


class NoMonitoring(Monitoring):
    """Look at nothing."""

    kind: Literal["none"] = "none"

    @property
    def looks(self) -> bool:
        return False

    def inspection_chance(self, files: View) -> NDArray[np.float64]:
        return np.zeros(len(files))
