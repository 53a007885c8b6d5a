"""What a moment is: statistics per seed, and the figure computed from their means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.analysis.calibration.sample import Sample
from sim.core.arrays import Floats


@dataclass(frozen=True)
class Moment:
    """`gather` returns (seeds, k) statistics; `value` turns their means (k,) into a figure."""

    meaning: str
    gather: Callable[[Sample], Floats]
    value: Callable[[Floats], float]


def rates(means: Floats) -> Floats:
    """Return defaults over performing loan-months of each cell that has any loans.

    `means` holds the defaults of all cells and then their loan-months.
    """
    bad, exposed = np.split(means, 2)
    found: Floats = bad[exposed > 0] / exposed[exposed > 0]
    return found


def split(name: str) -> Callable[[Sample], Floats]:
    """Return a function that gathers defaults and loan-months of a split, for `rates`."""
    return lambda s: np.concatenate([s.defaulted[name], s.exposed[name]], axis=1)
