"""How many more seeds a comparison needs: until its half-width is met, or a cap.

The rule uses precision only.  A rule that used the verdict would stop as soon as chance gave one.
Looking ahead a few seeds keeps a *small variance* by chance from stopping it too early (Hoad,
Robinson & Davies 2010).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.params import Params, param

GROWTH = 2.0  # request at most this many times the seeds run so far: early variances mislead


class Precision(Params):
    """When a sequence of paired differences is long enough."""

    half_width: float = param(
        unit="the metric's",
        meaning="half-width of the interval to reach",
        gt=0,
        source="A: set by the author of the study",
    )
    level: float = param(
        0.95, unit="share", meaning="coverage of the interval", gt=0, lt=1, source="A: convention"
    )
    fewest: int = param(
        20,
        unit="seeds",
        meaning="seeds before the first look",
        ge=2,
        source="A: variances of fewer seeds mislead",
    )
    look_ahead: int = param(
        5,
        unit="seeds",
        ge=0,
        meaning="seeds for which the half-width must stay met; per cent of n beyond 100 seeds",
        source="P: Hoad, Robinson & Davies 2010, J. Operational Research Society 61",
    )
    cap: int = param(
        400, unit="seeds", meaning="seeds after which to stop in any case", ge=2, source="A: budget"
    )


class StoppingDecision(NamedTuple):
    """What to do next: run `wanted` more seeds, or stop for the `reason` given."""

    wanted: int
    reason: Literal["precision", "cap", ""]
    half_width: float  # of all seeds so far; NaN with fewer than two
    n: int  # differences with a value


def half_widths(differences: Floats, level: float = 0.95) -> Floats:
    """Return the half-width of the t interval after 1, 2, ..., n seeds, shape (n,)."""
    n = np.arange(1, len(differences) + 1)
    if len(n) < 2:
        return np.full(len(n), np.nan)
    from scipy import stats

    x = differences - differences.mean()  # keeps the running sums of squares exact
    squares = np.maximum(np.cumsum(x**2) - np.cumsum(x) ** 2 / n, 0.0)
    widths = np.full(len(n), np.nan)
    late = n[1:]
    widths[1:] = stats.t.ppf((1 + level) / 2, late - 1) * np.sqrt(squares[1:] / (late - 1) / late)
    return widths


def next_step(differences: ArrayLike, rule: Precision) -> StoppingDecision:
    """Return how many more seeds to run, given the paired differences in the order of seeds.

    A seed without a value (NaN) counts towards the cap but not towards precision.
    """
    given = np.asarray(differences, dtype=float)
    x = given[np.isfinite(given)]
    n, run = len(x), len(given)
    widths = half_widths(x, rule.level)
    now = float(widths[-1]) if n else np.nan
    met = now <= rule.half_width
    if met and any(_stays_met(widths, k, rule) for k in range(rule.fewest, n + 1)):
        return StoppingDecision(0, "precision", now, n)
    if run >= rule.cap:
        return StoppingDecision(0, "cap", now, n)
    if n < rule.fewest:
        wanted = rule.fewest - n
    elif met:
        start = _streak(widths, rule)
        wanted = start + ahead(start, rule) - n
    else:
        wanted = int(np.ceil(min(n * (now / rule.half_width) ** 2, GROWTH * n))) - n
    return StoppingDecision(max(1, min(wanted, rule.cap - run)), "", now, n)


def ahead(n: int, rule: Precision) -> int:
    """Return how many seeds beyond n the half-width must stay met."""
    return rule.look_ahead if n <= 100 else rule.look_ahead * n // 100


def _stays_met(widths: Floats, k: int, rule: Precision) -> bool:
    end = k + ahead(k, rule)
    return end <= len(widths) and bool((widths[k - 1 : end] <= rule.half_width).all())


def _streak(widths: Floats, rule: Precision) -> int:
    wide = np.flatnonzero(~(widths <= rule.half_width))
    return max(rule.fewest, int(wide[-1]) + 2 if len(wide) else 1)
