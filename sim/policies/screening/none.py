"""No screening: nothing is gathered and everyone looks alike."""

from __future__ import annotations

from typing import Literal

from sim.policies.screening import Screening, ScreeningStep


class NoScreening(Screening):
    """Gather nothing; decide at once."""

    kind: Literal["none"] = "none"

    def steps(self) -> tuple[ScreeningStep, ...]:
        return ()
