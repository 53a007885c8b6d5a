"""Bands of a ratio stay between nothing and all; other bands are those of the tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.intervals import share_interval, t_interval
from sim.report.figures.bands import band, compare_arms

RARE = [0.0, 0.0, 0.0, 0.0, 0.03, 0.2]


def test_the_interval_of_a_ratio_stays_inside_where_the_plain_one_does_not() -> None:
    assert t_interval(RARE).low < 0.0
    low, mean, high = (getattr(share_interval(RARE), name) for name in ("low", "mean", "high"))
    assert 0.0 < low < mean < high < 1.0
    upper = share_interval([1.0 - one for one in RARE])
    assert (upper.low, upper.high) == pytest.approx((1.0 - high, 1.0 - low))


def test_it_is_the_plain_one_where_that_is_narrow() -> None:
    values = 0.4 + 1e-4 * np.random.default_rng(5).normal(size=30)
    plain, inside = t_interval(values), share_interval(values)
    assert inside.mean == plain.mean
    assert (inside.low, inside.high) == pytest.approx((plain.low, plain.high), abs=1e-8)
    assert inside.p == plain.p


@pytest.mark.parametrize("values", [[0.2, 1.3, 0.4], [0.0, 0.0], [1.0, 1.0], [0.3], []])
def test_what_is_no_ratio_or_has_no_spread_is_left_as_it_is(values: list[float]) -> None:
    np.testing.assert_equal(tuple(share_interval(values)), tuple(t_interval(values)))


def test_a_percentage_is_bounded_by_a_hundred_and_a_difference_is_not() -> None:
    base = 100.0 * pd.DataFrame([RARE], index=[1])
    whole = band(base, 100.0).iloc[0]
    assert whole["low"] == pytest.approx(100.0 * share_interval(RARE).low)
    lines = compare_arms(base, 0.5 * base, 100.0).set_index("line")
    assert lines.loc["other", "low"] > 0.0
    assert lines.loc["difference", "high"] > 0.0  # a difference may have either sign
    assert band(base).iloc[0]["low"] < 0.0
