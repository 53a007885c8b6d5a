"""Weighted sums of arms, plain and on log-odds."""

import numpy as np
import pytest
from scipy.special import expit, logit

from sim.analysis.contrasts import contrast, scale_of
from sim.analysis.frames import panel


def test_plain_contrast_by_hand(make_runs):
    one = panel(make_runs({"a": {"x": [1.0, 2.0]}, "b": {"x": [4.0, 8.0]}}), ["a", "b"])
    assert contrast(one, {"b": 2.0, "a": -1.0}, "x").values.tolist() == [7.0, 14.0]


def test_log_odds_centre_on_the_contrast_of_means(make_runs):
    rng = np.random.default_rng(8)
    y = {arm: expit(rng.normal(m, 0.3, 40)) for arm, m in (("a", -3.0), ("b", -3.7))}
    one = panel(make_runs({arm: {"x": v} for arm, v in y.items()}), ["a", "b"])
    found = contrast(one, {"b": 1.0, "a": -1.0}, "x", "log-odds").values
    assert found.mean() == pytest.approx(logit(y["b"].mean()) - logit(y["a"].mean()))


def test_log_odds_standard_error_agrees_with_the_jackknife(make_runs):
    rng = np.random.default_rng(9)
    draws = rng.normal(0.0, 0.3, 60)
    a, b = expit(draws - 3.0), expit(draws + rng.normal(-0.5, 0.1, 60) - 3.0)
    one = panel(make_runs({"a": {"x": a}, "b": {"x": b}}), ["a", "b"])
    found = contrast(one, {"b": 1.0, "a": -1.0}, "x", "log-odds").values
    left = [logit(np.delete(b, i).mean()) - logit(np.delete(a, i).mean()) for i in range(len(a))]
    jackknife = np.sqrt((len(a) - 1) * np.var(left))
    assert found.std(ddof=1) / np.sqrt(len(a)) == pytest.approx(jackknife, rel=0.02)


def test_halving_twice_is_no_interaction_on_log_odds_but_is_one_in_points(make_runs):
    odds = {"base": 0.08, "a": 0.04, "b": 0.04, "ab": 0.02}
    runs = make_runs({arm: {"x": [o / (1 + o)] * 3} for arm, o in odds.items()})
    one = panel(runs, list(odds))
    weights = {"ab": 1.0, "a": -1.0, "b": -1.0, "base": 1.0}
    assert contrast(one, weights, "x", "log-odds").values.tolist() == [0.0, 0.0, 0.0]
    assert (contrast(one, weights, "x").values > 0.01).all()


def test_no_default_at_all_has_no_log_odds_and_says_so(make_runs):
    runs = make_runs({"a": {"x": [0.0, 0.0]}, "b": {"x": [0.1, 0.0]}})
    found = contrast(panel(runs, ["a", "b"]), {"b": 1.0, "a": -1.0}, "x", "log-odds")
    assert np.isnan(found.values).all()
    assert "arm 'a'" in found.note


def test_identical_arms_differ_by_exactly_zero_on_any_scale(make_runs):
    y = np.random.default_rng(10).uniform(0.01, 0.09, 20)
    one = panel(make_runs({arm: {"x": y} for arm in "abcd"}), list("abcd"))
    weights = {"a": 1.0, "b": -1.0, "c": -1.0, "d": 1.0}
    assert not contrast(one, weights, "x").values.any()
    assert not contrast(one, weights, "x", "log-odds").values.any()


def test_default_rates_add_up_on_log_odds_and_money_does_not():
    assert scale_of("default_rate") == "log-odds"
    assert scale_of("profit") == "plain"
