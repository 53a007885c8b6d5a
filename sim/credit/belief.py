"""What a bank believes about a firm's quality, and the default probability that follows from it.

The belief about each dimension of quality is a Gaussian (mean, variance); the first axis is the
dimension, the second the firm, as columns are stored.  A signal is Gaussian too, so its update is
exact.  A paid or missed instalment is a probit outcome of the weighted sum of the dimensions.  The
posterior is then not Gaussian; the Gaussian with the same mean and variance replaces it (assumed
density).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.core.compiled import compiled, elementwise
from sim.core.random_numbers import normal_cdf
from sim.credit.domain import floats
from sim.credit.normal import inverse_mills_ratio


class Belief(NamedTuple):
    """A Gaussian belief: arrays of one shape."""

    mean: Floats
    variance: Floats


def update(mean: ArrayLike, variance: ArrayLike, signal: ArrayLike, precision: ArrayLike) -> Belief:
    """Return the belief after a signal `x = q + e` with noise of precision tau.

    `1/v' = 1/v + tau`, `m' = v'(m/v + tau x)`.  Where tau is 0 there is no information, and the
    signal, which may be NaN there, is ignored.
    """
    return Belief(
        floats(_updated_mean(mean, variance, signal, precision)),
        floats(_updated_variance(variance, precision)),
    )


@compiled
def learn(mean, variance, signal, precision):  # type: ignore[no-untyped-def]
    """Update a belief in place, as `update` does; float arrays, all of shape (n,)."""
    for i in range(mean.size):
        mean[i] = _updated_mean(mean[i], variance[i], signal[i], precision[i])
        variance[i] = _updated_variance(variance[i], precision[i])


@compiled
def revise(mean, variance, precision, evidence):  # type: ignore[no-untyped-def]
    """Add what a belief has not yet counted of its signals, in place; arrays of shape (n,).

    `1/v' = 1/v + precision`, `m'/v' = m/v + evidence`, where evidence is precision times signal.
    Either may take back what was counted before.
    """
    for i in range(mean.size):
        if precision[i] != 0.0 or evidence[i] != 0.0:
            now = variance[i] / (1.0 + variance[i] * precision[i])
            mean[i] = now * (mean[i] / variance[i] + evidence[i])
            variance[i] = now


def combine(weights: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Belief:
    """Return the belief about `theta = sum_k w_k q_k`: `m = sum w_k m_k`, `v = sum w_k^2 v_k`.

    `weights` has shape (k,), `mean` and `variance` (k,) or (k, n), the result () or (n,).
    """
    mean, variance = floats(mean), floats(variance)
    if mean.ndim == 2:
        return Belief(*_combined(floats(weights), mean, variance))
    found = _combined(floats(weights), mean.reshape(len(mean), -1), variance.reshape(len(mean), -1))
    return Belief(*(floats(part.reshape(mean.shape[1:])) for part in found))


@elementwise
def default_probability(mean, variance, intercept, slope):  # type: ignore[no-untyped-def]
    """Return the PD of a firm with uncertain theta, where the PD given theta is `Phi(a - b theta)`.

    `Phi((a - b m)/sqrt(1 + b^2 v))` exactly: uncertainty moves every PD towards one half.  Numbers
    or arrays that broadcast together.
    """
    return normal_cdf(_threshold(mean, variance, intercept, slope))


def update_on_outcome(
    mean: ArrayLike,
    variance: ArrayLike,
    bad: ArrayLike,
    intercept: ArrayLike,
    slope: ArrayLike,
) -> Belief:
    """Return the belief about theta after an outcome that is bad with chance `Phi(a - b theta)`.

    `m' = m + v g`, `v' = v - v^2 c`, where g and -c are the first two derivatives in m of the log
    probability of the outcome.  These are the exact mean and variance of the posterior.
    """
    mean, variance = floats(mean), floats(variance)
    pull, certainty = _evidence(mean, variance, bad, intercept, slope)
    return Belief(mean + variance * pull, variance - variance**2 * certainty)


def update_dimensions_on_outcome(
    weights: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    bad: ArrayLike,
    intercept: ArrayLike,
    slope: ArrayLike,
) -> Belief:
    """Return the belief about each dimension after an outcome of their weighted sum.

    `m_k' = m_k + w_k v_k g`, `v_k' = v_k - (w_k v_k)^2 c`: exact for each dimension alone; the
    correlation that the outcome creates between them is ignored.  Shapes as in `combine`.
    """
    mean, variance = floats(mean), floats(variance)
    shape, firms = mean.shape, (len(mean), -1)
    side = np.where(np.reshape(bad, -1), 1.0, -1.0)
    mean, variance = mean.reshape(firms).copy(), variance.reshape(firms).copy()
    _learn(floats(weights), mean, variance, side, float(intercept), float(slope))  # type: ignore[arg-type]
    return Belief(mean.reshape(shape), variance.reshape(shape))


@elementwise
def recalled_mean(mean, variance, memory, prior):  # type: ignore[no-untyped-def]
    """Return the mean that an application starts from: a mix of the filed mean and the prior.

    A variance of 1, that of the population, means that nothing is on file.
    """
    known = memory if variance < 1.0 else 0.0
    return known * mean + (1.0 - known) * prior


@elementwise
def recalled_variance(variance, memory):  # type: ignore[no-untyped-def]
    """Return the variance that goes with `recalled_mean`."""
    return 1.0 - memory * (1.0 - min(variance, 1.0))


@elementwise
def _updated_mean(mean, variance, signal, precision):  # type: ignore[no-untyped-def]
    if precision > 0.0:
        return mean + variance * precision / (1.0 + variance * precision) * (signal - mean)
    return mean


@elementwise
def _updated_variance(variance, precision):  # type: ignore[no-untyped-def]
    return variance * (1.0 - variance * precision / (1.0 + variance * precision))


@compiled
def _combined(weights, mean, variance):  # type: ignore[no-untyped-def]
    total = np.zeros(mean.shape[1])
    spread = np.zeros(mean.shape[1])
    for k in range(mean.shape[0]):  # in this order, so that other firms do not change the sums
        weight, squared = weights[k], weights[k] ** 2
        for i in range(mean.shape[1]):
            total[i] += weight * mean[k, i]
            spread[i] += squared * variance[k, i]
    return total, spread


@elementwise
def _threshold(mean, variance, intercept, slope):  # type: ignore[no-untyped-def]
    return (intercept - slope * mean) / math.sqrt(1.0 + slope**2 * variance)


def _evidence(
    mean: ArrayLike, variance: ArrayLike, bad: ArrayLike, intercept: ArrayLike, slope: ArrayLike
) -> tuple[Floats, Floats]:
    """Return slope and minus the curvature in m of the log probability of the outcome."""
    side = np.where(bad, 1.0, -1.0)
    return (
        floats(_pull(mean, variance, side, intercept, slope)),
        floats(_certainty(mean, variance, side, intercept, slope)),
    )


@compiled
def _pull_and_certainty(mean, variance, side, intercept, slope):  # type: ignore[no-untyped-def]
    """Return slope and minus the curvature, as `_evidence`, of one outcome: bad (1) or not (-1)."""
    z = side * _threshold(mean, variance, intercept, slope)
    ratio = inverse_mills_ratio(z)
    scale = 1.0 + slope**2 * variance
    return -side * slope / math.sqrt(scale) * ratio, slope**2 / scale * ratio * (z + ratio)


@elementwise
def _pull(mean, variance, side, intercept, slope):  # type: ignore[no-untyped-def]
    return _pull_and_certainty(mean, variance, side, intercept, slope)[0]


@elementwise
def _certainty(mean, variance, side, intercept, slope):  # type: ignore[no-untyped-def]
    return _pull_and_certainty(mean, variance, side, intercept, slope)[1]


@compiled
def _learn(weights, mean, variance, side, intercept, slope):  # type: ignore[no-untyped-def]
    """Update beliefs (k, n) in place, on outcomes `side` (n,) that are bad (1) or not (-1)."""
    total, spread = _combined(weights, mean, variance)
    for i in range(side.size):
        pull, certainty = _pull_and_certainty(total[i], spread[i], side[i], intercept, slope)
        for k in range(weights.size):
            gain = weights[k] * variance[k, i]
            mean[k, i] += gain * pull
            variance[k, i] -= gain**2 * certainty
