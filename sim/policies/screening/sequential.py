"""Sequential investigation: stop where one more signal can hardly change the decision.

Wald's idea in its plainest form: while the default probability believed so far lies far from the
cut-off, the next signal is not worth its price.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.screening import ScreeningStep
from sim.policies.screening.investigation import Investigation


class Sequential(Investigation):
    """Gather signals in order until the answer is plain."""

    kind: Literal["sequential"] = "sequential"  # type: ignore[assignment]
    plain_refusal: float = param(
        2.0, unit="ratio", ge=1, le=100, source="A: swept",
        meaning="stop when the estimate exceeds the cut-off this many times",
        cost="file_cost and officer hours (workload) where it is raised: more is gathered",
    )  # fmt: skip
    plain_approval: float = param(
        0.33, unit="ratio", ge=0, le=1, source="A: swept",
        meaning="stop when the estimate falls below this share of the cut-off",
        cost="file_cost and officer hours (workload) where it is lowered: more is gathered",
    )  # fmt: skip

    @property
    def stops_early(self) -> bool:
        return True

    def wanted(
        self,
        step: ScreeningStep,
        files: View,
        pd: NDArray[np.float64],
        cut_off: NDArray[np.float64] | float,
    ) -> NDArray[np.bool_]:
        return (pd < self.plain_refusal * cut_off) & (pd > self.plain_approval * cut_off)
