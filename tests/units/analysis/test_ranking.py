"""Probability of rank 1 over random draws, by hand and against a known law."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from sim.analysis.ranking import rank_one
from sim.core.errors import RequestError


def draws(table):
    frame = pd.DataFrame(table).rename_axis("draw").reset_index()
    return frame.melt(id_vars="draw", var_name="arm", value_name="npl")


def test_by_hand():
    table = rank_one(
        draws({"a": [1.0, 1.0, 3.0, 1.0], "b": [2.0, 2.0, 1.0, 5.0], "c": [3.0, 3.0, 2.0, 4.0]}),
        "npl",
        "lower",
    ).set_index("arm")
    assert table["probability"].to_dict() == {"a": 0.75, "b": 0.25, "c": 0.0}
    assert table["mean_rank"].to_dict() == {"a": 1.5, "b": 2.0, "c": 2.5}
    expected = proportion_confint(3, 4, 0.05, method="wilson")
    assert tuple(table.loc["a", ["low", "high"]]) == pytest.approx(expected)


def test_higher_turns_the_order_round():
    frame = draws({"a": [1.0, 1.0], "b": [2.0, 2.0]})
    assert rank_one(frame, "npl", "lower")["arm"].iloc[0] == "a"
    assert rank_one(frame, "npl", "higher")["arm"].iloc[0] == "b"


def test_arms_that_never_differ_share_the_first_place():
    table = rank_one(draws({arm: [5.0] * 10 for arm in "abcd"}), "npl", "lower")
    assert table["probability"].tolist() == [0.25] * 4


def test_seeds_of_one_draw_are_averaged():
    frame = pd.concat([draws({"a": [0.0], "b": [3.0]}), draws({"a": [9.0], "b": [4.0]})])
    # averages 4.5 and 3.5
    assert rank_one(frame, "npl", "lower")["arm"].iloc[0] == "b"


def test_two_normal_arms_win_as_often_as_theory_says():
    rng = np.random.default_rng(35)
    n = 4_000
    frame = draws({"a": rng.normal(0.0, 1.0, n), "b": rng.normal(0.5, 1.0, n)})
    table = rank_one(frame, "npl", "lower").set_index("arm")
    expected = stats.norm.cdf(0.5 / np.sqrt(2))
    assert table.loc["a", "probability"] == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(n))
    assert table["probability"].sum() == pytest.approx(1.0)


def test_a_draw_without_a_value_is_left_out_and_counted():
    table = rank_one(draws({"a": [1.0, np.nan, 1.0], "b": [2.0, 0.0, np.inf]}), "npl", "lower")
    assert set(table["n"]) == {1}
    assert set(table["left_out"]) == {2}


def test_row_order_is_irrelevant(shuffled):
    rng = np.random.default_rng(36)
    frame = draws({arm: rng.normal(size=30) for arm in "abc"})
    pd.testing.assert_frame_equal(
        rank_one(shuffled(frame), "npl", "lower"), rank_one(frame, "npl", "lower")
    )


def test_an_unknown_metric_is_named():
    with pytest.raises(RequestError, match=r"no metric 'nlp'.*did you mean 'npl'"):
        rank_one(draws({"a": [1.0], "b": [2.0]}), "nlp", "lower")
    with pytest.raises(RequestError, match="lacks the column 'draw'"):
        rank_one(pd.DataFrame({"arm": ["a"], "npl": [1.0]}), "npl", "lower")
