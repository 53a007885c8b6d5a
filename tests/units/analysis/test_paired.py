"""The paired table: differences, their intervals, what common seeds gained, and the edges."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.paired import compare_arms
from sim.core.errors import RequestError


@pytest.fixture
def runs(make_runs):
    rng = np.random.default_rng(6)
    draws = rng.normal(0.0, 1.0, 30)
    own = rng.normal(0.0, 0.1, (2, 30))
    base = {"npl": 5 + draws + own[0], "profit": 10 - draws, "staff": np.full(30, 8.0)}
    other = {"npl": 4 + draws + own[1], "profit": 10 - draws, "staff": np.full(30, 9.0)}
    return make_runs({"base": base, "other": other})


def row(table: pd.DataFrame, metric: str) -> pd.Series:
    return table.set_index("metric").loc[metric]


def test_the_difference_is_that_of_a_paired_t_test(runs):
    found = row(compare_arms(runs, "base", "other"), "npl")
    wide = runs.pivot(index="seed", columns="arm", values="npl")
    test = stats.ttest_rel(wide["other"], wide["base"])
    interval = test.confidence_interval()
    assert found["difference"] == pytest.approx(wide["other"].mean() - wide["base"].mean())
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high))
    assert found["p"] == pytest.approx(test.pvalue)
    assert found["verdict"] == "lower"
    assert found["boot_low"] == pytest.approx(found["low"], abs=0.02)
    assert found["boot_high"] == pytest.approx(found["high"], abs=0.02)


def test_common_seeds_cut_the_variance_as_in_theory(runs):
    # each arm's variance 1 + .01, the difference's .01 + .01: ratio 2.02 / .02 = 101
    found = row(compare_arms(runs, "base", "other"), "npl")["variance_reduction"]
    assert 50 < found < 200


def test_equal_arms_are_undecided_with_difference_zero(runs):
    found = row(compare_arms(runs, "base", "other"), "profit")
    assert (found["difference"], found["low"], found["high"]) == (0.0, 0.0, 0.0)
    assert found["p_holm"] == 1.0
    assert found["verdict"] == "undecided"
    assert found["variance_reduction"] == np.inf


def test_a_constant_has_no_luck_to_cancel(runs):
    found = row(compare_arms(runs, "base", "other"), "staff")
    assert (found["difference"], found["low"], found["high"]) == (1.0, 1.0, 1.0)
    assert np.isnan(found["variance_reduction"])
    assert found["verdict"] == "higher"


def test_holm_counts_every_row_of_the_table(make_runs):
    rng = np.random.default_rng(7)
    arms = {
        arm: {f"m{i}": rng.normal(shift * (i == 0), 1.0, 12) for i in range(10)}
        for arm, shift in (("base", 0.0), ("other", 1.0))
    }
    table = compare_arms(make_runs(arms), "base", "other", resamples=99)
    smallest = table["p"].min()
    assert table["p_holm"].min() == pytest.approx(min(1.0, 10 * smallest))
    alone = compare_arms(make_runs(arms), "base", "other", ["m0"], resamples=99)
    assert alone["p_holm"].tolist() == alone["p"].tolist()


def test_missing_values_go_pair_by_pair(make_runs):
    base = {"x": [1.0, 2.0, np.nan, 4.0], "y": [1.0, 2.0, 3.0, 4.0]}
    other = {"x": [2.0, np.nan, 3.0, 6.0], "y": [2.0, 3.0, 5.0, 5.0]}
    table = compare_arms(make_runs({"a": base, "b": other}), "a", "b")
    x = row(table, "x")
    # seeds 1 and 4 have both: differences 1 and 2
    assert (x["n"], x["base"], x["other"], x["difference"]) == (2, 2.5, 4.0, 1.5)
    assert row(table, "y")["n"] == 4


def test_a_metric_without_values_is_a_row_but_no_test(make_runs):
    nothing = [np.nan, np.nan, np.nan]
    arms = {"a": {"x": nothing, "y": [1.0, 2.0, 3.0]}, "b": {"x": nothing, "y": [1.1, 2.3, 3.2]}}
    table = compare_arms(make_runs(arms), "a", "b")
    x, y = row(table, "x"), row(table, "y")
    assert (x["n"], x["verdict"]) == (0, "undecided")
    assert np.isnan(x["p_holm"])
    assert y["p_holm"] == y["p"]


def test_row_order_is_irrelevant(runs, shuffled):
    pd.testing.assert_frame_equal(
        compare_arms(runs, "base", "other"), compare_arms(shuffled(runs), "base", "other")
    )


def test_unmatched_seeds_are_refused_or_dropped_and_counted(runs):
    gap = runs[~((runs["arm"] == "base") & (runs["seed"] == 3))]
    with pytest.raises(RequestError, match="arm 'base' lacks seeds 3"):
        compare_arms(gap, "base", "other")
    table = compare_arms(gap, "base", "other", unmatched="drop")
    assert set(table["n"]) == {29}
    assert set(table["dropped"]) == {1}


def test_an_arm_is_not_compared_with_itself(runs):
    with pytest.raises(RequestError, match="itself"):
        compare_arms(runs, "base", "base")


def test_one_row_per_bank_and_metric(runs):
    both = pd.concat([runs, runs.assign(bank="rival")])
    table = compare_arms(both, "base", "other", ["npl", "profit"])
    assert table[["bank", "metric"]].to_numpy().tolist() == [
        ["main", "npl"], ["main", "profit"], ["rival", "npl"], ["rival", "profit"],
    ]  # fmt: skip
