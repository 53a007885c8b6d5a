"""Tables of shares, losses and interactions over a small factorial made by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import expit

from sim.analysis.attribution import attribute, interactions, leave_one_out
from sim.analysis.coalitions import subsets

ARMS = {s: "+".join(sorted(s)) or "base" for s in subsets("abc")}


@pytest.fixture
def runs(make_runs):
    """Package c is a placebo; a and b help more together, in points but not on log-odds."""
    rng = np.random.default_rng(31)
    draws = rng.normal(0.0, 0.2, 25)
    outcomes = {}
    for s, arm in ARMS.items():
        odds = -3.0 - 0.5 * ("a" in s) - 1.0 * ("b" in s)
        money = 10 * draws + 4.0 * ("a" in s) + 2.0 * ("b" in s) + 6.0 * ({"a", "b"} <= s)
        own = np.random.default_rng(hash_of(s - {"c"})).normal(0.0, 0.02, 25)
        outcomes[arm] = {"default_rate": expit(odds + draws + own), "profit": money + own}
    return make_runs(outcomes)


def hash_of(s):
    return sum(ord(p) for p in s)


def one(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_shares_by_hand(runs):
    table = attribute(runs, ARMS)
    # a earns its 4 and half of 6, b its 2 and the other half; 12 in all
    a, b = (one(table, metric="profit", package=p) for p in "ab")
    assert a["low"] <= 7.0 <= a["high"]
    assert b["low"] <= 5.0 <= b["high"]
    assert a["share"] == pytest.approx(7 / 12, abs=0.01)
    assert a["share"] + b["share"] == pytest.approx(1.0)


def test_the_placebo_earns_exactly_nothing(runs):
    table = attribute(runs, ARMS)
    for metric in ("profit", "default_rate"):
        c = one(table, metric=metric, package="c")
        assert c["contribution"] == pytest.approx(0.0, abs=1e-12)
        assert c["p_holm"] > 0.05


def test_no_share_of_a_total_that_may_be_zero(make_runs):
    rng = np.random.default_rng(32)
    arms = {s: "+".join(sorted(s)) or "base" for s in subsets("ab")}
    noise = make_runs({arm: {"x": rng.normal(0.0, 1.0, 15)} for arm in arms.values()})
    assert attribute(noise, arms)["share"].isna().all()


def test_leaving_one_out_is_a_paired_difference(runs):
    table = leave_one_out(runs, ARMS, "abc")
    found = one(table, metric="profit", package="b")
    wide = runs.pivot(index="seed", columns="arm", values="profit")
    test = stats.ttest_rel(wide["a+b+c"], wide["a+c"])
    interval = test.confidence_interval()
    assert (found["contribution"], found["p"]) == pytest.approx(
        ((wide["a+b+c"] - wide["a+c"]).mean(), test.pvalue)
    )
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high))
    placebo = one(table, metric="profit", package="c")
    assert (placebo["contribution"], placebo["p"]) == (0.0, 1.0)


def test_interactions_are_on_log_odds_for_rates_and_plain_for_money(runs):
    table = interactions(runs, ARMS, "abc")
    money = one(table, metric="profit", first="a", second="b")
    rate = one(table, metric="default_rate", first="a", second="b")
    assert money["scale"] == "plain"
    assert money["interaction"] == pytest.approx(6.0, abs=0.05)
    assert money["p_holm"] < 0.001
    assert rate["scale"] == "log-odds"
    assert rate["low"] <= 0.0 <= rate["high"]
    plain = interactions(runs, ARMS, "abc", probabilities=())
    assert one(plain, metric="default_rate", first="a", second="b")["p_holm"] < 0.001


def test_a_placebo_interacts_with_nothing(runs):
    table = interactions(runs, ARMS, "abc")
    with_c = table[(table["second"] == "c")]
    assert len(with_c) == 4
    assert (with_c["interaction"] == 0.0).all()
    assert (with_c["p"] == 1.0).all()


@pytest.mark.parametrize("ask", [attribute, leave_one_out, interactions])
def test_row_order_is_irrelevant(runs, shuffled, ask):
    more = () if ask is attribute else ("abc",)
    pd.testing.assert_frame_equal(ask(shuffled(runs), ARMS, *more), ask(runs, ARMS, *more))
