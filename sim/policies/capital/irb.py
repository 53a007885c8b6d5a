"""Internal ratings: the Basel weight of a retail exposure with the book's mean estimate."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.core.params import param
from sim.credit.irb import risk_weight
from sim.policies.capital import Capital, Floats


class InternalRatings(Capital):
    """The formula's weight, retail treatment."""

    kind: Literal["irb"] = "irb"
    lgd: float = param(
        0.45, unit="share", ge=0, le=1, source="R: foundation value for unsecured claims",
        meaning="loss given default put into the formula",
    )  # fmt: skip

    def risk_weight(self, pd: Floats) -> Floats:
        return risk_weight(np.clip(pd, 3e-4, 0.999), self.lgd, retail=True)
