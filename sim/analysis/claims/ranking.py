"""The claim that arms, or shares of packages, are in a stated order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from sim.analysis.claim import Frames, SeedClaim, asked
from sim.analysis.contrasts import contrast
from sim.analysis.evidence import Evidence, Expect, MeanEvidence
from sim.analysis.frames import panel


class Ranking(SeedClaim):
    """The first arm beats each other one, or each arm beats the next one, by the margin."""

    kind: Literal["ranking"] = "ranking"
    order: list[str] = asked("arms or packages, the best first", unit="names")
    better: Expect = asked("which end of the metric is the better one")
    scope: Literal["first", "full"] = asked(
        "first: the first beats all others; full: each beats the next", "first"
    )
    on: Literal["runs", "contributions"] = asked(
        "runs: rank arms by outcome; contributions: rank packages by Shapley share", "runs"
    )

    def model_post_init(self, context: Any, /) -> None:
        """Refuse an order of fewer than two names or with a name twice."""
        if len(self.order) < 2 or len(set(self.order)) < len(self.order):
            raise ValueError("order must name at least two arms, each once")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the paired differences that make up the order."""
        frame = frames.need(self.on)
        one = panel(frame, self.order, [self.metric], self.bank, frames.unmatched)
        first, *others = self.order
        pairs = pairwise(self.order) if self.scope == "full" else ((first, o) for o in others)
        pieces = []
        for ahead, behind in pairs:
            found = contrast(one, {ahead: 1.0, behind: -1.0}, self.metric)
            label = f"{self.metric}, {ahead} less {behind}"
            pieces.append(MeanEvidence(label, found.values, self.better, self.margin, found.note))
        return pieces
