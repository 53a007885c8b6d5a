"""Fieller's interval against its definition, a bootstrap, and its own coverage."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.intervals import t_interval
from sim.analysis.ratio import cost_per_avoided_default, fieller
from sim.analysis.study.prices import break_even_multiple


def sample(rng, n=60):
    avoided = rng.normal(5.0, 4.0, n)
    return 20.0 * avoided + rng.normal(100.0, 60.0, n), avoided


def test_the_ends_are_where_cost_less_price_times_avoided_just_differs_from_zero():
    cost, avoided = sample(np.random.default_rng(11))
    found = fieller(cost, avoided)
    for end in (found.low, found.high):
        interval = t_interval(cost - end * avoided)
        assert min(abs(interval.low), abs(interval.high)) == pytest.approx(0.0, abs=1e-6)
    assert found.low < found.ratio < found.high


def test_it_agrees_with_a_bootstrap_of_the_ratio():
    rng = np.random.default_rng(12)
    cost, avoided = sample(rng, 150)
    found = fieller(cost, avoided)
    rows = rng.integers(0, 150, (4_000, 150))
    ratios = cost[rows].mean(axis=1) / avoided[rows].mean(axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.05)


def test_it_covers_the_true_ratio_as_often_as_it_says():
    rng = np.random.default_rng(13)
    trials, hits = 500, 0
    for _ in range(trials):
        found = fieller(*sample(rng))
        hits += found.low <= 40.0 <= found.high  # (20 * 5 + 100) / 5
    # avoided is ten standard errors from zero, so hardly any trial has no interval
    assert hits / trials == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / trials))


def test_no_price_where_nothing_may_have_been_avoided():
    rng = np.random.default_rng(14)
    found = fieller(rng.normal(10.0, 1.0, 30), rng.normal(0.0, 1.0, 30))
    assert np.isnan([found.ratio, found.low, found.high]).all()
    assert "may be zero" in found.why


def test_known_numbers_without_luck_in_the_denominator():
    # denominator 2 exactly: the interval is that of the numerator, halved
    found = fieller([1.0, 2.0, 3.0, 4.0], [2.0] * 4)
    half = stats.t.ppf(0.975, 3) * np.std([1, 2, 3, 4], ddof=1) / 2 / 2
    assert (found.ratio, found.low, found.high) == pytest.approx((1.25, 1.25 - half, 1.25 + half))


def arms(make_runs, avoided):
    rng = np.random.default_rng(15)
    draws = rng.normal(0.0, 5.0, 40)
    base = {"profit": 900 + draws, "cost": 100 + draws, "defaults": 50 + draws}
    other = {
        "profit": 800 + draws + rng.normal(0.0, 3.0, 40),
        "cost": 300 + draws,
        "defaults": 50 + draws - avoided,
    }
    return make_runs({"base": base, "other": other})


def test_costs_are_weighted_sums_of_metrics(make_runs):
    avoided = 4 + np.random.default_rng(16).normal(0.0, 1.0, 40)
    runs = arms(make_runs, avoided)
    paid = cost_per_avoided_default(runs, "base", "other", cost={"cost": 1}, defaults="defaults")
    assert paid.ratio == pytest.approx(200 / avoided.mean())
    both = cost_per_avoided_default(
        runs, "base", "other", cost={"cost": 1, "profit": -1}, defaults="defaults"
    )
    assert both.ratio == pytest.approx(300 / avoided.mean(), rel=0.02)


def test_more_defaults_have_no_price_each(make_runs):
    runs = arms(make_runs, np.linspace(-5.0, -3.0, 40))
    found = cost_per_avoided_default(runs, "base", "other", cost={"cost": 1}, defaults="defaults")
    assert np.isnan(found.ratio)
    assert "rose" in found.why


def test_a_placebo_has_no_price(make_runs):
    runs = arms(make_runs, np.zeros(40))
    found = cost_per_avoided_default(runs, "base", "other", cost={"cost": 1}, defaults="defaults")
    assert np.isnan(found.ratio)
    assert found.why.startswith("the number avoided 0 ")


def test_an_extra_cost_that_may_be_zero_is_told_in_millions(make_runs):
    rng = np.random.default_rng(3)
    cost = {"base": np.zeros(12), "all": rng.normal(2.8e5, 4.0e5, 12)}
    runs = make_runs({arm: {"profit": -one, "cost": one} for arm, one in cost.items()})
    months = runs.assign(tax=0.0, profit_before_tax=1.0)
    found = break_even_multiple(runs, months, "base", "all", "main").iloc[0]
    extra = t_interval(cost["all"])
    assert extra.low < 0 < extra.high
    assert found["why"].startswith(f"the extra cost, CNY million {1e-6 * extra.mean:.2f} [-0.")
    assert "e+" not in found["why"]
