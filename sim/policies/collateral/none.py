"""No collateral: unsecured lending."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.view import View
from sim.policies.collateral.base import Collateral, Secured
from sim.state.loans import Security
from sim.state.owned import Owned


class NoCollateral(Collateral):
    """Require no collateral and no guarantee."""

    kind: Literal["none"] = "none"

    def secure(self, files: View, owned: Owned) -> Secured:
        n = len(files)
        kind = np.full(n, Security.PROPERTY, np.int8)
        return Secured(np.zeros(n), kind, np.zeros(n), np.zeros(n))
