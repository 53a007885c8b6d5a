"""The points as the user lists them: for designs made elsewhere."""

from __future__ import annotations

from typing import Any, Literal

from sim.core.params import checked, param
from sim.runs.sweep import Point, Sweep


class Listed(Sweep):
    """Points in a list."""

    kind: Literal["list"] = "list"
    at: list[dict[str, Any]] = param(
        unit="points", meaning="dotted keys and values of each point", source="A: set by the study"
    )

    @checked
    def _has_points(self) -> Listed:
        if not self.at or not all(self.at):
            raise ValueError("at must list points that each set at least one key")
        return self

    def points(self) -> list[Point]:
        """Return the points as listed."""
        return [dict(point) for point in self.at]
