"""The stopping rule looks at precision, never at the sign or size of the mean."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.stopping import Precision, ahead, half_widths, next_step


def rule(**changes):
    return Precision(**({"half_width": 0.5, "cap": 100} | changes))


def test_running_half_widths_are_those_of_each_prefix():
    x = np.random.default_rng(20).normal(1e6, 1.0, 15)
    expected = [stats.t.ppf(0.975, k - 1) * x[:k].std(ddof=1) / np.sqrt(k) for k in range(2, 16)]
    assert half_widths(x)[1:] == pytest.approx(expected, rel=1e-6)
    assert np.isnan(half_widths(x)[0])


def test_no_look_before_twenty_seeds():
    step = next_step(np.zeros(7), rule())
    assert (step.wanted, step.reason) == (13, "")


def test_precision_must_last_for_the_seeds_ahead():
    # zeros are precise at once, but 20 seeds need five more to be believed
    assert next_step(np.zeros(20), rule())[:2] == (5, "")
    assert next_step(np.zeros(24), rule())[:2] == (1, "")
    assert next_step(np.zeros(25), rule())[:2] == (0, "precision")


def test_a_lucky_stretch_does_not_stop_it():
    lucky = np.zeros(22)
    wild = np.append(lucky, [9.0, -9.0])
    assert next_step(lucky, rule()).wanted == 3
    step = next_step(wild, rule())
    assert step.reason == ""
    assert step.half_width > 0.5
    # the stretch of precise looks starts again after the last imprecise one
    calm = np.append(wild, np.zeros(70))
    assert next_step(calm, rule()).reason == "precision"


def test_it_asks_for_what_the_variance_calls_for():
    x = np.random.default_rng(21).normal(0.0, 1.0, 30)
    now = half_widths(x)[-1]
    step = next_step(x, rule(half_width=now / 1.3))
    assert step.wanted == int(np.ceil(30 * 1.3**2)) - 30
    # an early variance is not trusted with more than a doubling
    assert next_step(x, rule(half_width=now / 100, cap=10_000)).wanted == 30


def test_the_cap_ends_it_whatever_the_width():
    x = np.random.default_rng(22).normal(0.0, 100.0, 100)
    assert next_step(x[:90], rule()).wanted == 10
    assert next_step(x, rule())[:2] == (0, "cap")


def test_failed_seeds_count_towards_the_cap_only():
    x = np.full(100, np.nan)
    x[:30] = np.random.default_rng(23).normal(0.0, 100.0, 30)
    step = next_step(x, rule())
    assert (step.reason, step.n) == ("cap", 30)
    assert next_step(np.full(10, np.nan), rule()).wanted == 20


@pytest.mark.parametrize("shift", [-50.0, 0.0, 0.3, 50.0])
def test_the_mean_never_matters(shift):
    x = np.random.default_rng(24).normal(0.0, 2.0, 40)
    step, moved = next_step(x, rule()), next_step(x + shift, rule())
    assert (moved.wanted, moved.reason) == (step.wanted, step.reason)


def test_stopping_leaves_coverage_near_its_level():
    rng = np.random.default_rng(25)
    trials, hits = 150, 0
    for _ in range(trials):
        draws = rng.normal(0.0, 1.0, 200)
        n = 0
        step = next_step(draws[:n], rule(half_width=0.3, cap=200))
        while step.wanted:
            n += step.wanted
            step = next_step(draws[:n], rule(half_width=0.3, cap=200))
        assert step.reason == "precision"
        hits += abs(draws[:n].mean()) <= step.half_width
    assert hits / trials > 0.95 - 0.01 - 3 * np.sqrt(0.95 * 0.05 / trials)


def test_look_ahead_grows_with_many_seeds():
    assert (ahead(50, rule()), ahead(400, rule())) == (5, 20)
