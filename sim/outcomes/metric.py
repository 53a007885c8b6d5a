"""What a metric is: a function of a history, with its unit, title and definition."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.core.arrays import Floats
from sim.outcomes.history import History

Better = Literal["lower", "higher", "none"]
Compute = Callable[[History], Floats]
REGISTERED: dict[str, Metric] = {}


@dataclass(frozen=True)
class Metric:
    """One outcome: how it is computed, its unit, and which way is better.

    A metric that is not `judged` is left out of the table of all outcomes, because each further row
    makes the correction for multiple tests stricter; a study can name it.
    """

    name: str
    unit: str
    title: str
    better: Better
    meaning: str
    compute: Compute
    judged: bool


def metric(
    unit: str, title: str, better: Better = "none", *, judged: bool = True
) -> Callable[[Compute], Compute]:
    """Register a function of a history, which returns (books,), as the metric of its name.

    Its docstring states population, numerator, denominator and window.
    """

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        again = name in REGISTERED and REGISTERED[name].compute.__module__ == compute.__module__
        if name in REGISTERED and not (again and compute.__module__ == "__main__"):  # a notebook
            raise ValueError(f"two metrics have the name {name}")
        meaning = " ".join((compute.__doc__ or "").split())
        if not meaning and sys.flags.optimize < 2:  # python -OO drops docstrings
            raise ValueError(f"metric {name} needs a docstring")
        REGISTERED[name] = Metric(name, unit, title, better, meaning, compute, judged)
        return compute

    return register
