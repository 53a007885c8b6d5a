"""Two one-sided tests: by hand, at the edge of the margin, and where nothing changed."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.equivalence import equivalence
from sim.core.errors import RequestError


def test_both_tests_by_hand():
    x = np.array([0.1, -0.2, 0.3, 0.0, 0.2])
    found = equivalence(x, 0.5)
    error = x.std(ddof=1) / np.sqrt(5)
    assert found.p_above == pytest.approx(stats.t.sf((x.mean() + 0.5) / error, 4))
    assert found.p_below == pytest.approx(stats.t.cdf((x.mean() - 0.5) / error, 4))
    assert found.p == max(found.p_above, found.p_below)


def test_the_interval_and_the_tests_say_the_same():
    rng = np.random.default_rng(17)
    agreed = []
    for _ in range(200):
        found = equivalence(rng.normal(0.0, 1.0, 10), 0.6)
        inside = found.low > -0.6 and found.high < 0.6
        assert inside == (found.p <= 0.05)
        agreed.append(inside)
    assert 0 < sum(agreed) < 200


def test_an_effect_at_the_margin_passes_no_more_often_than_five_per_cent():
    rng = np.random.default_rng(18)
    trials = 600
    passed = sum(equivalence(x, 1.0).p_below <= 0.05 for x in rng.normal(1.0, 1.0, (trials, 20)))
    assert passed / trials == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / trials))


def test_better_is_also_no_worse_but_not_equivalent():
    x = np.random.default_rng(19).normal(-3.0, 0.5, 20)
    assert equivalence(x, 1.0).p_below <= 0.05
    assert equivalence(x, 1.0).p_above > 0.05
    assert equivalence(x, 1.0).p > 0.99


def test_identical_arms_are_marked_as_such():
    found = equivalence(np.zeros(20), 0.1)
    assert found.identical
    assert found.p <= 0.05
    assert not equivalence([0.0, 0.01, 0.0], 0.1).identical


def test_a_constant_difference_beyond_the_margin_fails():
    assert equivalence(np.full(20, 2.0), 1.0).p_below > 0.05
    assert equivalence(np.full(20, 0.5), 1.0).p_below <= 0.05


def test_two_equal_seeds_prove_nothing():
    assert equivalence([0.0, 0.0], 1.0).p_below > 0.05
    assert equivalence([0.0], 1.0).p_below > 0.05


def test_a_margin_must_be_set():
    with pytest.raises(RequestError, match="above zero"):
        equivalence([1.0, 2.0], 0.0)
