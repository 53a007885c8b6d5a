"""The claim that arms together do more, or less, than the sum of what each does alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sim.analysis.claim import Frames, SeedClaim, asked
from sim.analysis.contrasts import contrast, scale_of
from sim.analysis.evidence import Evidence, Expect, MeanEvidence
from sim.analysis.frames import panel


class Interaction(SeedClaim):
    """``together - sum of parts + (number of parts - 1) base`` goes beyond the margin.

    With two parts this is the pairwise interaction; with all packages of a thesis it says
    whether the package beats the sum of its parts.  A part may be a state of the economy, such
    as a depression, in which a measure is claimed to help more.
    """

    kind: Literal["interaction"] = "interaction"
    base: str = asked("the arm with none of the parts")
    parts: list[str] = asked("the arms with one part each", unit="names")
    together: str = asked("the arm with all parts")
    expect: Expect = asked("direction of the whole against the sum of the parts")
    scale: Literal["auto", "plain", "log-odds"] = asked(
        "scale on which effects add up; auto takes log-odds for default and NPL rates", "auto"
    )

    def model_post_init(self, context: Any, /) -> None:
        """Refuse fewer than two parts, or one arm in two roles."""
        arms = [self.base, *self.parts, self.together]
        if len(self.parts) < 2 or len(set(arms)) < len(arms):
            raise ValueError("base, together and at least two parts must be different arms")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the interaction per seed."""
        arms = [self.base, *self.parts, self.together]
        one = panel(frames.need("runs"), arms, [self.metric], self.bank, frames.unmatched)
        weights = {self.together: 1.0, self.base: len(self.parts) - 1.0}
        weights |= dict.fromkeys(self.parts, -1.0)
        scale = scale_of(self.metric) if self.scale == "auto" else self.scale
        found = contrast(one, weights, self.metric, scale)
        label = f"{self.metric} ({scale}), {self.together} less the sum of {', '.join(self.parts)}"
        return [MeanEvidence(label, found.values, self.expect, self.margin, found.note)]
