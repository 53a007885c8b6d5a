"""The claim that holds if all of its parts hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from sim.analysis.claim import Claim, Frames, SeedClaim, asked
from sim.analysis.evidence import Evidence
from sim.core.registry import Family

if TYPE_CHECKING:
    Part = SeedClaim
else:
    # any kind that is judged on seeds, chosen by `kind`
    Part = Family("sim.analysis.claims", SeedClaim).annotation()


class AllOf(Claim):
    """Every part holds: "better assets, more credit and more profit" is one claim, not three."""

    kind: Literal["all-of"] = "all-of"
    parts: list[Part] = asked("claims that must all hold", unit="claims")

    def model_post_init(self, context: Any, /) -> None:
        """Refuse an empty list, which would hold by construction."""
        if not self.parts:
            raise ValueError("parts must name at least one claim")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the evidence of all parts."""
        return [piece for part in self.parts for piece in part.evidence(frames)]
