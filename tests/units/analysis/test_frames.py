"""Arms are lined up on common seeds, and what cannot be lined up is refused in words."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.frames import metric_names, panel, panels
from sim.core.errors import RequestError


def test_values_stand_by_arm_seed_and_metric_whatever_the_row_order(make_runs, shuffled):
    runs = make_runs(
        {"a": {"x": [1.0, 2.0], "y": [3.0, 4.0]}, "b": {"x": [5.0, 6.0], "y": [7.0, 8.0]}}
    )
    one = panel(shuffled(runs), ["b", "a"])
    assert one.seeds.tolist() == [1, 2]
    assert one.of("b", "x").tolist() == [5.0, 6.0]
    assert one.of("a", "y").tolist() == [3.0, 4.0]


def test_a_seed_without_partner_is_refused_by_name(make_runs):
    runs = make_runs({"a": {"x": [1.0, 2.0, 3.0]}, "b": {"x": [1.0, 2.0]}})
    with pytest.raises(RequestError, match=r"arm 'b' lacks seeds 3 .*unmatched='drop'"):
        panel(runs, ["a", "b"])


def test_dropping_counts_the_seeds_dropped(make_runs):
    runs = make_runs({"a": {"x": [1.0, 2.0, 3.0]}, "b": {"x": [1.0, 2.0]}})
    one = panel(runs, ["a", "b"], unmatched="drop")
    assert (one.seeds.tolist(), one.dropped) == ([1, 2], 1)


def test_infinite_values_count_as_missing(make_runs):
    one = panel(make_runs({"a": {"x": [1.0, np.inf]}}), ["a"])
    assert np.isnan(one.of("a", "x")[1])


def test_unknown_arm_and_metric_are_named_with_the_nearest(make_runs):
    runs = make_runs({"package": {"npl_ratio": [1.0, 2.0]}})
    with pytest.raises(RequestError, match=r"no arm 'pakage'.*did you mean 'package'"):
        panel(runs, ["pakage"])
    with pytest.raises(RequestError, match=r"no metric 'npl'.*npl_ratio"):
        panel(runs, ["package"], ["npl"])


def test_a_doubled_row_is_refused(make_runs):
    runs = make_runs({"a": {"x": [1.0, 2.0]}})
    with pytest.raises(RequestError, match="more than one row for"):
        panel(pd.concat([runs, runs.iloc[:1]]), ["a"])


def test_several_banks_need_a_name_and_come_apart(make_runs):
    arms = {"a": {"x": [1.0, 2.0]}}
    runs = pd.concat([make_runs(arms, "north"), make_runs(arms, "east")])
    with pytest.raises(RequestError, match="name one of east, north"):
        panel(runs, ["a"])
    assert [one.bank for one in panels(runs, ["a"])] == ["east", "north"]


def test_keys_text_and_flags_are_no_metrics(make_runs):
    runs = make_runs({"a": {"x": [1.0], "hash": ["f0"], "failed": [False]}})
    assert metric_names(runs) == ("x",)
