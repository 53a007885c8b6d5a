"""No collateral: lending on the firm's word."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.view import View
from sim.policies.collateral import Collateral


class NoCollateral(Collateral):
    """Ask for nothing."""

    kind: Literal["none"] = "none"

    def pledged(self, files: View) -> NDArray[np.float64]:
        return np.zeros(len(files))
