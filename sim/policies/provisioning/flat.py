"""Flat allowance: one share of all gross loans, performing or not."""

from __future__ import annotations

from typing import Literal

from sim.core.arrays import Floats
from sim.core.params import param
from sim.policies.provisioning.base import Provisioning


class Flat(Provisioning):
    """A share of gross loans."""

    kind: Literal["flat"] = "flat"
    share: float = param(
        0.025, unit="share of gross loans", ge=0, le=1, source="R: 2.5 % minimum for all loans",
        meaning="allowance over gross loans",
        cost="provision_charge, earlier than the loss",
        extremes=(0.01, 0.06), process="provisions",
    )  # fmt: skip

    def required(self, by_class: Floats, mean_pd: Floats) -> Floats:
        return self.share * by_class.sum(axis=0)
