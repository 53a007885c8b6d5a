"""Cut-off with overrides: refuse above a probability of default, unless an officer insists.

A refused file is overruled iff u < o_v (.5 + VP) and the officer's own impression is favourable,
so overrides grow when volume falls behind plan.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.params import param
from sim.core.view import View
from sim.policies.approval import Approval, Bools, Floats


class CutOff(Approval):
    """Approve up to a probability of default; firms caught lying are refused."""

    kind: Literal["cut_off"] = "cut_off"
    pd_max: float = param(
        0.06, unit="probability", gt=0, le=1, source="C: approval .40-.65",
        meaning="highest estimate that is approved",
        cost="lending forgone, and with it interest income",
    )  # fmt: skip
    override: float = param(
        0.15, unit="probability", ge=0, le=1, source="A: .15 base, .05 optimised",
        meaning="o_v: chance that a refusal is overruled at half pressure",
    )  # fmt: skip

    @property
    def cut_off(self) -> float:
        return self.pd_max

    def approve(self, files: View) -> Bools:
        return (files.pd <= self.pd_max) & ~files.caught

    def override_chance(self, files: View, pressure: Floats) -> Floats:
        favourable = (files.soft_mean > 0.0) & ~files.caught
        return np.where(favourable, self.override * (0.5 + pressure), 0.0)
