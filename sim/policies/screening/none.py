"""No screening: no signal is collected, so all applicants look alike."""

from __future__ import annotations

from typing import Literal

from sim.policies.screening.base import Screening, ScreeningStep


class NoScreening(Screening):
    """Collect no signal; decide immediately."""

    kind: Literal["none"] = "none"

    def steps(self) -> tuple[ScreeningStep, ...]:
        return ()
