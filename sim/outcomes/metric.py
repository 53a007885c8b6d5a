"""What a metric is: a function of a history, with the words that a reader needs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.outcomes.history import Floats, History

Better = Literal["lower", "higher", "none"]
Compute = Callable[[History], Floats]
REGISTERED: dict[str, Metric] = {}


@dataclass(frozen=True)
class Metric:
    """One outcome: how it is computed, its unit, and which way is better.

    One that is not `judged` stays out of the table of all outcomes, where each further row makes
    it harder to be sure of the others; a study takes it by naming it.
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
    """Register a function of a history, shape (books,), as the outcome of its name.

    Its docstring says population, numerator, denominator and window.
    """

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in REGISTERED:
            raise ValueError(f"two metrics are called {name}")
        meaning = " ".join((compute.__doc__ or "").split())
        if not meaning and sys.flags.optimize < 2:  # python -OO drops docstrings
            raise ValueError(f"metric {name} needs a docstring")
        REGISTERED[name] = Metric(name, unit, title, better, meaning, compute, judged)
        return compute

    return register
