"""Intervals hold their level on known distributions and say what a flat sample means."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.intervals import bca_intervals, t_interval


def test_t_interval_by_hand():
    # mean 2, sd 1, n 3: half-width = 4.302653 (t, 2 degrees) / sqrt(3)
    found = t_interval([1.0, 2.0, 3.0])
    half = 4.302652729911275 / np.sqrt(3)
    assert found.mean == 2.0
    assert (found.low, found.high) == pytest.approx((2 - half, 2 + half))
    assert t_interval([1.0, 2.0, 3.0], null=2.0).p == pytest.approx(1.0)


def test_t_interval_covers_a_normal_mean_as_often_as_it_says():
    rng = np.random.default_rng(1)
    trials = 1_000
    hits = 0
    for sample in rng.normal(5.0, 2.0, (trials, 12)):
        found = t_interval(sample, 0.9)
        hits += found.low <= 5.0 <= found.high
    # four standard errors of a binomial share
    assert hits / trials == pytest.approx(0.9, abs=4 * np.sqrt(0.9 * 0.1 / trials))


def test_p_values_are_uniform_when_the_null_is_true():
    rng = np.random.default_rng(2)
    p = [t_interval(sample, null=1.0).p for sample in rng.normal(1.0, 3.0, (500, 8))]
    assert stats.kstest(p, "uniform").pvalue > 1e-3


@pytest.mark.thorough
def test_bca_covers_a_skewed_mean_better_than_a_percentile_would_and_near_its_level():
    rng = np.random.default_rng(3)
    trials = 300
    ends = bca_intervals(rng.exponential(1.0, (trials, 40)), 0.9, resamples=999)
    hits = sum(low <= 1.0 <= high for low, high in ends)
    # second-order accurate: allow its known shortfall of about .03 at n = 40, and 3 s.e.
    assert 0.9 - 0.03 - 3 * 0.0173 < hits / trials < 0.9 + 3 * 0.0173


def test_bca_follows_efron_s_formula():
    sample = np.random.default_rng(4).exponential(1.0, 30)
    n, mean = len(sample), sample.mean()
    # acceleration of a mean: third moment / (6 n^(1/2) variance^(3/2)); bias from own resamples
    spread = mean - np.array([np.delete(sample, i).mean() for i in range(n)])
    a = (spread**3).sum() / (6 * (spread**2).sum() ** 1.5)
    means = sample[np.random.default_rng(5).integers(0, n, (20_000, n))].mean(axis=1)
    z0 = stats.norm.ppf((means < mean).mean())
    z = z0 + stats.norm.ppf([0.025, 0.975])
    ends = np.quantile(means, stats.norm.cdf(z0 + z / (1 - a * z)))
    plain = np.quantile(means, [0.025, 0.975])
    assert bca_intervals([sample])[0] == pytest.approx(tuple(ends), abs=0.015)
    assert (ends - plain > 0.03).all()  # so that the plain percentile would not pass


def test_bca_is_the_same_each_time():
    sample = np.random.default_rng(4).exponential(1.0, 30)
    assert bca_intervals([sample]) == bca_intervals([sample])


def test_samples_are_resampled_together_as_each_would_be_alone():
    rng = np.random.default_rng(6)
    samples = [rng.exponential(1.0, size) for size in (30, 12, 30, 2, 12, 40)]
    samples[2][:5] = np.nan
    samples.append(np.full(12, 0.5))
    together = bca_intervals(samples, resamples=999)
    alone = [bca_intervals([sample], resamples=999)[0] for sample in samples]
    np.testing.assert_array_equal(together, alone)
    assert np.isnan(together[3]).all()
    assert together[-1] == (0.5, 0.5)


@pytest.mark.parametrize("value", [0.0, 0.25, -3e6])
def test_a_flat_sample_has_no_width(value):
    found = t_interval([value] * 6)
    assert (found.mean, found.low, found.high) == (value, value, value)
    assert bca_intervals([[value] * 6]) == [(value, value)]


def test_a_flat_sample_gets_the_sign_test():
    # six equal signs: 2 * (1/2)^6; five are not enough at 5 %
    assert t_interval([2.0] * 6).p == pytest.approx(stats.binomtest(6, 6).pvalue)
    assert t_interval([2.0] * 5).p > 0.05
    assert t_interval([0.0] * 50).p == 1.0


def test_rounding_dust_is_no_spread():
    assert t_interval(0.1 + np.arange(6) * 1e-17).p == pytest.approx(2 * 0.5**6)


@pytest.mark.parametrize("values", [[], [np.nan], [1.5], [1.5, np.nan]])
def test_too_few_values_give_no_interval(values):
    found = t_interval(values)
    assert np.isnan(found.low)
    assert np.isnan(found.high)
    assert found.p == 1.0


@pytest.mark.parametrize("n", [2, 3, 30, 400])
def test_t_interval_has_the_numbers_of_scipy(n):
    rng = np.random.default_rng(n)
    for scale, shift, level in ((1.0, 0.0, 0.95), (1e-6, 3.0, 0.99), (1e8, -2e8, 0.8)):
        x = shift + scale * rng.normal(size=n)
        test = stats.ttest_1samp(x, shift + scale)
        expected = (x.mean(), *test.confidence_interval(level), n, test.pvalue)
        assert tuple(t_interval(x, level, shift + scale)) == pytest.approx(expected, rel=1e-12)
