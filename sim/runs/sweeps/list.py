"""The points as the user lists them: for designs made elsewhere."""

from __future__ import annotations

from typing import Any, Literal

from sim.core.errors import ClashError
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
        for place, point in enumerate(self.at):
            if point in self.at[:place]:
                raise ClashError("this point is listed twice", "at", place)
        return self

    @property
    def size(self) -> int:
        """Return the number of points."""
        return len(self.at)

    def points(self) -> list[Point]:
        """Return the points as listed."""
        return [dict(point) for point in self.at]
