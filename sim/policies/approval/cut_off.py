"""Cut-off: refuse above a probability of default, unless an officer overrides the refusal."""

from __future__ import annotations

from typing import Literal

from sim.core.arrays import Bools, Floats
from sim.core.params import param
from sim.core.view import View
from sim.policies.lending_rules import LendingRules
from sim.policies.pricing.base import PriceBasis


class CutOff(LendingRules):
    """Approve up to a probability of default; refuse firms with detected inflated statements."""

    kind: Literal["cut_off"] = "cut_off"
    pd_max: float = param(
        0.06, unit="probability", gt=0, le=1, source="C: approval .40-.65",
        meaning="highest estimated probability of default that is approved",
        cost="lending forgone: less is disbursed",
        extremes=(0.02, 0.15), process="approval_rate",
    )  # fmt: skip

    @property
    def cut_off(self) -> float:
        return self.pd_max

    def approve(self, files: View, sector_share: Floats, rate: Floats, basis: PriceBasis) -> Bools:
        return (files.applications_pd <= self.pd_max) & self.kept(files, sector_share)
