"""Approve all: the benchmark of a bank that refuses no application."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.view import View
from sim.policies.approval.base import Approval
from sim.policies.pricing.base import PriceBasis


class All(Approval):
    """Approve every application."""

    kind: Literal["all"] = "all"

    def approve(self, files: View, sector_share: Floats, rate: Floats, basis: PriceBasis) -> Bools:
        return np.ones(len(files), dtype=bool)
