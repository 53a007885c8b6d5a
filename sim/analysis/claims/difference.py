"""The claim that one arm differs from another in a stated direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sim.analysis.claim import Frames, SeedClaim, asked
from sim.analysis.contrasts import contrast
from sim.analysis.evidence import Evidence, Expect, MeanEvidence
from sim.analysis.frames import panel


class Difference(SeedClaim):
    """``other - base`` goes beyond the margin in the expected direction."""

    kind: Literal["difference"] = "difference"
    base: str = asked("the arm to compare with")
    other: str = asked("the arm that the claim is about")
    expect: Expect = asked("direction of other against base")

    def model_post_init(self, context: Any, /) -> None:
        """Refuse an arm compared with itself."""
        if self.base == self.other:
            raise ValueError(f"base and other are both '{self.base}'")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the paired difference."""
        arms = [self.base, self.other]
        one = panel(frames.need("runs"), arms, [self.metric], self.bank, frames.unmatched)
        found = contrast(one, {self.other: 1.0, self.base: -1.0}, self.metric)
        label = f"{self.metric}, {self.other} less {self.base}"
        return [MeanEvidence(label, found.values, self.expect, self.margin, found.note)]
