"""Beliefs are what Bayes' rule gives, worked out on a fine grid."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.credit import belief

LAW = settings(deadline=None, derandomize=True, max_examples=40)
means, variances = st.floats(-3.0, 3.0), st.floats(0.05, 3.0)
intercepts, slopes = st.floats(-3.0, 0.5), st.floats(0.1, 2.0)


def grid(mean: float, variance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return values of a Gaussian quantity and their chances, adding up to one."""
    at = np.linspace(mean - 12 * variance**0.5, mean + 12 * variance**0.5, 6001)
    weight = np.exp(-((at - mean) ** 2) / (2 * variance))
    return at, weight / weight.sum()


def moments(at: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    weight = weight / weight.sum()
    mean = float(weight @ at)
    return mean, float(weight @ (at - mean) ** 2)


def phi(x: np.ndarray) -> np.ndarray:
    return np.array([NormalDist().cdf(value) for value in x])


@LAW
@given(means, variances, means, st.floats(0.01, 20.0))
def test_a_signal_moves_belief_by_bayes_rule(
    mean: float, variance: float, signal: float, precision: float
) -> None:
    at, prior = grid(mean, variance)
    posterior = prior * np.exp(-0.5 * precision * (signal - at) ** 2)
    assert belief.update(mean, variance, signal, precision) == pytest.approx(
        moments(at, posterior), abs=1e-6
    )


def test_no_precision_teaches_nothing_even_from_no_signal() -> None:
    after = belief.update([0.3, 0.3], [0.9, 0.9], [np.nan, 1.3], [0.0, 1.0])
    assert after.mean[0] == 0.3
    assert after.variance[0] == 0.9
    assert 0.3 < after.mean[1] < 1.3


@LAW
@given(variances, st.lists(st.tuples(means, st.floats(0.0, 5.0)), min_size=2, max_size=5))
def test_the_order_of_signals_does_not_matter(
    variance: float, signals: list[tuple[float, float]]
) -> None:
    there = back = belief.Belief(np.float64(0.2), np.float64(variance))
    for signal, precision in signals:
        there = belief.update(*there, signal, precision)
    for signal, precision in reversed(signals):
        back = belief.update(*back, signal, precision)
    assert there == pytest.approx(back, abs=1e-12)


@LAW
@given(means, variances, intercepts, slopes)
def test_pd_by_integration(mean: float, variance: float, intercept: float, slope: float) -> None:
    at, chance = grid(mean, variance)
    expected = chance @ phi(intercept - slope * at)
    pd = belief.default_probability(mean, variance, intercept, slope)
    assert pd == pytest.approx(expected, abs=1e-9)


@LAW
@given(means, variances, intercepts, slopes, st.booleans())
def test_an_outcome_leaves_the_mean_and_variance_of_the_posterior(
    mean: float, variance: float, intercept: float, slope: float, bad: bool
) -> None:
    at, prior = grid(mean, variance)
    chance = phi(intercept - slope * at)
    posterior = prior * (chance if bad else 1.0 - chance)
    assert belief.update_on_outcome(mean, variance, bad, intercept, slope) == pytest.approx(
        moments(at, posterior), abs=1e-6
    )


@LAW
@given(means, variances, intercepts, slopes)
def test_an_outcome_teaches_on_average_nothing_but_certainty(
    mean: float, variance: float, intercept: float, slope: float
) -> None:
    pd = belief.default_probability(mean, variance, intercept, slope)
    bad = belief.update_on_outcome(mean, variance, True, intercept, slope)
    good = belief.update_on_outcome(mean, variance, False, intercept, slope)
    assert bad.mean < mean < good.mean
    assert pd * bad.mean + (1 - pd) * good.mean == pytest.approx(mean, abs=1e-9)
    assert max(bad.variance, good.variance) < variance


def test_far_tails_stay_finite() -> None:
    after = belief.update_on_outcome([-200.0, 200.0], 0.5, [False, True], -1.85, 0.65)
    assert np.isfinite(after.mean).all()
    assert (after.variance > 0.0).all()


def test_dimensions_by_a_grid_in_two_of_them() -> None:
    weights, mean, variance = np.array([0.8, 0.6]), np.array([0.4, -0.7]), np.array([0.9, 0.5])
    (x, p_x), (y, p_y) = (grid(m, v) for m, v in zip(mean, variance, strict=True))
    x, p_x, y, p_y = x[::20], p_x[::20], y[::20], p_y[::20]
    theta = weights[0] * x[:, None] + weights[1] * y[None, :]
    chance = phi((-1.85 - 0.65 * theta).ravel()).reshape(theta.shape)
    posterior = np.outer(p_x, p_y) * chance
    expected = [moments(x, posterior.sum(axis=1)), moments(y, posterior.sum(axis=0))]
    after = belief.update_dimensions_on_outcome(weights, mean, variance, True, -1.85, 0.65)
    assert np.transpose(after).tolist() == pytest.approx(np.array(expected), abs=1e-6)


def test_firms_side_by_side_are_firms_one_by_one() -> None:
    weights = np.array([0.8, 0.6])
    mean, variance = np.array([[0.4, 1.0, 0.0], [-0.7, 0.1, 0.0]]), np.full((2, 3), 0.7)
    bad = np.array([True, False, True])
    together = belief.update_dimensions_on_outcome(weights, mean, variance, bad, -1.85, 0.65)
    for i in range(3):
        alone = belief.update_dimensions_on_outcome(
            weights, mean[:, i], variance[:, i], bad[i], -1.85, 0.65
        )
        assert together.mean[:, i] == pytest.approx(alone.mean)
        assert together.variance[:, i] == pytest.approx(alone.variance)
    total = belief.combine(weights, mean, variance)
    assert total.mean == pytest.approx(0.8 * mean[0] + 0.6 * mean[1])
    assert total.variance == pytest.approx(np.full(3, 0.7))
