"""The claim that another claim holds in at least a stated share of the open space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sim.analysis.claim import Claim, Frames, asked
from sim.analysis.evidence import Evidence, share_evidence
from sim.analysis.regimes import share_of_design


class Regime(Claim):
    """The claim in `column` of the design holds in more than a share of its points.

    `within` narrows the design to a region, such as a depression: low ≤ quantity ≤ high.
    """

    kind: Literal["regime"] = "regime"
    column: str = asked("column of the design that says where the claim holds")
    at_least: float = asked("share of the points to exceed", unit="share", gt=0, lt=1)
    within: dict[str, list[float]] = asked("quantity: [low, high]", {}, "the quantity's")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the share of points."""
        where = {name: (ends[0], ends[1]) for name, ends in self.within.items()}
        found = share_of_design(frames.need("design"), self.column, where=where)
        region = "".join(f", {name} {low:g} to {high:g}" for name, (low, high) in where.items())
        label = f"share of points where {self.column} holds{region}"
        return [share_evidence(label, found, self.at_least)]
