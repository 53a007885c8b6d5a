"""All combinations of the values listed for each key: complete, but costly beyond three keys."""

from __future__ import annotations

import itertools
import math
from typing import Any, Literal

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.runs.sweep import Point, Sweep


class Grid(Sweep):
    """All combinations."""

    kind: Literal["grid"] = "grid"
    values: dict[str, list[Any]] = param(
        unit="of the key", meaning="the values of each dotted key", source="A: set by the study"
    )

    @checked
    def _has_values(self) -> Grid:
        empty = [key for key, values in self.values.items() if not values]
        if empty or not self.values:
            raise ValueError(f"values lists none for {', '.join(empty) or 'any key'}; list some")
        for key, values in self.values.items():
            for place, value in enumerate(values):
                if _is_among(value, values[:place]):
                    raise ClashError(f"{value} is listed twice", "values", key, place)
        return self

    @property
    def size(self) -> int:
        """Return the number of combinations."""
        return math.prod(map(len, self.values.values()))

    def points(self) -> list[Point]:
        """Return the combinations; the last key varies fastest."""
        return [
            dict(zip(self.values, combination, strict=True))
            for combination in itertools.product(*self.values.values())
        ]


def _is_among(value: Any, others: list[Any]) -> bool:
    """Return whether a value is among others; 0.02 and 0.020 are one, true and 1 are two."""
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in others)
