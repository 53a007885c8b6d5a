"""Write-off: the loan leaves the book and collection goes on."""

from __future__ import annotations

from typing import Literal

from sim.policies.workout.base import Workout


class WriteOff(Workout):
    """Write off and collect."""

    kind: Literal["write_off"] = "write_off"
