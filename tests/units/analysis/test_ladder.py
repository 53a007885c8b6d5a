"""Rungs in a given order, and the order that takes the best next step."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.coalitions import subsets
from sim.analysis.ladder import best_next, best_order, ladder, next_steps
from sim.core.errors import RequestError

ARMS = {s: "+".join(sorted(s)) or "base" for s in subsets("abc")}
# a alone is best, then c, which is worth little without a
WORTH = {"": 0, "a": -3, "b": -2, "c": -1, "ab": -4, "ac": -6, "bc": -3, "abc": -7}


@pytest.fixture
def runs(make_runs):
    draws = np.random.default_rng(33).normal(0.0, 2.0, 10)
    own = np.random.default_rng(34).normal(0.0, 0.01, (8, 10))
    return make_runs(
        {
            arm: {"npl": 10 + draws + own[i] + WORTH["".join(sorted(s))]}
            for i, (s, arm) in enumerate(ARMS.items())
        }
    )


def test_steps_and_changes_by_hand(runs):
    table = ladder(runs, ARMS, "bac", "npl")
    assert table["package"].tolist() == ["", "b", "a", "c"]
    assert table["step"].tolist() == pytest.approx([0.0, -2.0, -2.0, -3.0], abs=0.05)
    assert table["change"].tolist() == pytest.approx([0.0, -2.0, -4.0, -7.0], abs=0.05)
    assert (table["step_high"].iloc[1:] < 0).all()
    assert table["value"].diff().iloc[1:].tolist() == pytest.approx(table["step"].iloc[1:].tolist())


def test_steps_sum_to_the_change_at_the_top(runs):
    table = ladder(runs, ARMS, "cba", "npl")
    assert table["step"].sum() == pytest.approx(table["change"].iloc[-1])


def test_the_greedy_order_by_hand(runs):
    # lower is better: a (-3), then c (-6 against -4), then b
    assert best_order(runs, ARMS, "abc", "npl", "lower") == ("a", "c", "b")
    # higher is better: c (-1), then b (-3 against -6), then a
    assert best_order(runs, ARMS, "abc", "npl", "higher") == ("c", "b", "a")


def test_the_next_step_needs_only_its_own_coalitions(runs):
    wanted = next_steps("a", "abc")
    assert set(wanted) == {frozenset("a"), frozenset("ab"), frozenset("ac")}
    short = {s: ARMS[s] for s in wanted}
    assert best_next(runs, short, "a", "abc", "npl", "lower") == "c"


def test_a_full_ladder_has_no_next_step(runs):
    with pytest.raises(RequestError, match="already"):
        best_next(runs, ARMS, "abc", "abc", "npl", "lower")


def test_row_order_is_irrelevant(runs, shuffled):
    pd.testing.assert_frame_equal(
        ladder(shuffled(runs), ARMS, "abc", "npl"), ladder(runs, ARMS, "abc", "npl")
    )
