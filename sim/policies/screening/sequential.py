"""Sequential investigation: stop where one more signal is unlikely to change the decision.

A simple form of Wald's sequential test: where the estimated PD so far is far from the cut-off, the
next signal is not worth its cost.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.params import param
from sim.core.view import View
from sim.policies.screening.base import ScreeningStep
from sim.policies.screening.investigation import Investigation


class Sequential(Investigation):
    """Collect signals in order until the decision is clear."""

    kind: Literal["sequential"] = "sequential"  # type: ignore[assignment]
    plain_refusal: float = param(
        2.0, unit="ratio", ge=1, le=100, source="A: swept",
        meaning="stop when the estimated PD is above the cut-off times this",
        cost="file_cost and officer hours (workload) where it is raised: more is collected",
        extremes=(1.0, 20.0), process="belief_variance",
    )  # fmt: skip
    plain_approval: float = param(
        0.33, unit="ratio", ge=0, le=1, source="A: swept",
        meaning="stop when the estimated PD is below the cut-off times this",
        cost="file_cost and officer hours (workload) where it is lowered: more is collected",
        extremes=(0.01, 0.9), process="belief_variance",
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
