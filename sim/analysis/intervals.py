"""The interval of a mean over seeds: Student's t, and the BCa bootstrap.

There are two intervals because they rest on different assumptions: t on near-normal means, BCa on
enough seeds.  Where they disagree, the sample is small or very skewed.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats

ROUNDING = 1e-12  # relative; spreads below it come from floating point, not from chance
BOOTSTRAP_KEY = 20_181  # fixed, so that a table printed twice is the same table
BATCH = 200_000  # numbers resampled at a time: they fit into the processor's cache


class Interval(NamedTuple):
    """A mean over seeds, its interval, and the two-sided p-value of one hypothetical mean."""

    mean: float
    low: float
    high: float
    n: int
    p: float


def finite(values: ArrayLike) -> Floats:
    """Return the finite values as a flat array."""
    array: Floats = np.asarray(values, dtype=np.float64).ravel()
    return array[np.isfinite(array)]


def constant(values: Floats) -> bool:
    """Return whether all values are equal up to floating-point rounding; true when empty."""
    if not len(values):
        return True
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


def t_interval(values: ArrayLike, level: float = 0.95, null: float = 0.0) -> Interval:
    """Return mean and t interval of the finite `values`; `p` tests the mean against `null`.

    Fewer than two values give no interval (NaN) and p = 1.  Values that never vary give an
    interval of no width; their p-value is the sign test's, 2 (1/2)^n, or 1 if they equal
    `null`: a standard error of zero from few seeds is no proof.  The numbers are those of
    `scipy.stats.ttest_1samp`, which takes ten times as long, and a second to import.
    """
    x = finite(values)
    if not len(x):
        return Interval(np.nan, np.nan, np.nan, 0, 1.0)
    if len(x) == 1:
        return Interval(float(x[0]), np.nan, np.nan, 1, 1.0)
    if constant(x):
        value = float(x[0])
        p = 1.0 if np.isclose(value, null, rtol=ROUNDING, atol=0.0) else 2.0 * 0.5 ** len(x)
        return Interval(value, value, value, len(x), p)
    from scipy.special import stdtr, stdtrit

    n, mean = len(x), x.mean()
    error = np.sqrt(((x - mean) ** 2).mean() * (n / (n - 1)) / n)
    p = 2.0 * stdtr(n - 1, -np.abs((mean - null) / error))
    tail = (1.0 - level) / 2.0
    low, high = (stdtrit(n - 1, share) * error + mean for share in (tail, 1.0 - tail))
    return Interval(float(mean), float(low), float(high), n, float(p))


def share_interval(values: ArrayLike, level: float = 0.95, most: float = 1.0) -> Interval:
    """Return mean and interval of values in [0, `most`]; the interval stays inside, too.

    Student's t on the log-odds of the mean (delta method): with p the mean over `most` and h the
    half-width of `t_interval` over `most`, the ends are ``logit(p) -+ h / (p (1 - p))``, taken
    back.  Where values lie outside, or the mean is 0 or `most`, it is that of `t_interval`.
    """
    x = finite(values)
    plain = t_interval(x, level)
    p = plain.mean / most
    if not np.isfinite(plain.low) or not 0.0 < p < 1.0 or x.min() < 0.0 or x.max() > most:
        return plain
    half = (plain.high - plain.low) / 2.0 / most / (p * (1.0 - p))
    middle = np.log(p / (1.0 - p))
    low, high = (float(most / (1.0 + np.exp(-(middle + side * half)))) for side in (-1.0, 1.0))
    return plain._replace(low=low, high=high)


def bca_intervals(
    samples: Sequence[ArrayLike], level: float = 0.95, resamples: int = 9_999
) -> list[tuple[float, float]]:
    """Return the BCa bootstrap interval of the mean of each sample (Efron 1987).

    It is NaN with fewer than 3 finite values, and of no width where values never vary.  Samples of
    one size are resampled together, each as it would be alone.
    """
    values = [finite(sample) for sample in samples]
    ends = [(np.nan, np.nan)] * len(values)
    by_size: dict[int, list[int]] = {}
    for k, x in enumerate(values):
        if len(x) < 3:
            continue
        if constant(x):
            ends[k] = float(x[0]), float(x[0])
        else:
            by_size.setdefault(len(x), []).append(k)
    for places in by_size.values():
        found = _bootstrapped(np.array([values[k] for k in places]), level, resamples)
        for k, low, high in zip(places, *found, strict=True):
            ends[k] = float(low), float(high)
    return ends


def _bootstrapped(samples: Floats, level: float, resamples: int) -> tuple[Floats, Floats]:
    """Return the ends of the BCa interval of the mean of each row, (n,); `samples` is (n, size)."""
    from scipy import stats

    with warnings.catch_warnings():
        # a sample in which BCa is not defined yields NaN, which the table shows
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        found = stats.bootstrap(
            (samples,),
            _mean,
            axis=-1,
            vectorized=True,
            confidence_level=level,
            n_resamples=resamples,
            method="BCa",
            batch=max(1, BATCH // samples.size),
            rng=np.random.default_rng(BOOTSTRAP_KEY),
        ).confidence_interval
    return found.low, found.high


def _mean(values: Floats, axis: int) -> Floats:
    """Return means along an axis, summed in the same order however the values lie in memory."""
    return np.asarray(np.ascontiguousarray(values).mean(axis))
