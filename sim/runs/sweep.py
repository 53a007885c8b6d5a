"""Sweeps: sets of points in the space of dotted scenario keys, each point one arm.

Each kind of sweep is a file in `sweeps/`; the space-filling ones share the ranges below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.core.params import Params, checked, param
from sim.core.registry import Family, Member

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Point = dict[str, object]


class Sweep(Member):
    """A member of the family of sweeps."""

    @property
    def size(self) -> int:
        """Return the number of points, without building them."""
        raise NotImplementedError

    def points(self) -> list[Point]:
        """Return the points, each a mapping of dotted keys to values."""
        raise NotImplementedError

    def labelled(self) -> Iterator[tuple[str, Point]]:
        """Yield each point with the label that names its arm."""
        for point in self.points():
            yield ", ".join(f"{key}={value}" for key, value in point.items()), point


class SweepRange(Params):
    """The interval in which one key is varied."""

    low: float = param(unit="of the key", meaning="smallest value", source="A: set by the study")
    high: float = param(unit="of the key", meaning="largest value", source="A: set by the study")
    log: bool = param(
        False, unit="yes or no", meaning="vary the logarithm evenly", source="A: set by the study"
    )
    whole: bool = param(
        False, unit="yes or no", meaning="whole numbers only", source="A: set by the study"
    )

    @checked
    def _is_an_interval(self) -> SweepRange:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} must be below high {self.high:g}")
        if self.log and self.low <= 0:
            raise ValueError(f"log needs low above 0, found {self.low:g}")
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError(f"whole needs whole bounds, found {self.low:g} and {self.high:g}")
        return self

    def at(self, share: float) -> float | int:
        """Return the value at a share in [0, 1) of the way from low to high.

        On a linear range, each whole number gets an equal share of the interval.
        """
        if self.log:
            value: float = self.low * (self.high / self.low) ** share
            return round(value) if self.whole else value
        if self.whole:
            return math.floor(self.low + (self.high - self.low + 1) * share)
        return self.low + (self.high - self.low) * share


class Filling(Sweep):
    """A sweep that fills a box evenly: `count` points over the ranges."""

    ranges: dict[str, SweepRange] = param(
        unit="ranges", meaning="the interval of each dotted key", source="A: set by the study"
    )
    count: int = param(
        unit="points", meaning="how many points", source="A: set by the study", ge=1, le=1_000_000
    )
    seed: int = param(1, unit="number", meaning="seed of the design", source="A: any number", ge=0)

    @checked
    def _has_ranges(self) -> Filling:
        if not self.ranges:
            raise ValueError("ranges names no key; name at least one")
        return self

    @property
    def size(self) -> int:
        """Return the number of points."""
        return self.count

    def shares(self) -> npt.NDArray[np.float64]:
        """Return (count, keys) shares in [0, 1) of the ranges."""
        raise NotImplementedError

    def points(self) -> list[Point]:
        """Return the points in the order of the design."""
        keys, ranges = list(self.ranges), list(self.ranges.values())
        rows = (map(SweepRange.at, ranges, row) for row in self.shares().tolist())
        return [dict(zip(keys, row, strict=True)) for row in rows]

    def labelled(self) -> Iterator[tuple[str, Point]]:
        """Number the points, whose values are too long for a name."""
        points = self.points()
        width = len(str(len(points)))
        for number, point in enumerate(points, start=1):
            yield f"#{number:0{width}d}", point


SWEEPS = Family("sim.runs.sweeps", Sweep)
