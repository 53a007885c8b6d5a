"""The mean over seeds and its Student interval; differences are taken seed by seed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.report.figures.bands import band, compare_arms


def test_the_interval_is_students() -> None:
    values = np.array([[1.0, 2.0, 3.0, 6.0], [5.0, 5.0, 5.0, 5.0]])
    found = band(pd.DataFrame(values, index=[1, 2]))
    low, high = stats.t.interval(0.95, df=3, loc=3.0, scale=stats.sem(values[0]))
    assert found.loc[1].to_numpy().tolist() == pytest.approx([3.0, low, high, 4])
    assert found.loc[2].to_numpy().tolist() == pytest.approx([5.0, 5.0, 5.0, 4])


def test_one_seed_gives_no_interval() -> None:
    found = band(pd.DataFrame([[1.0], [2.0]]))
    assert found["mean"].tolist() == [1.0, 2.0]
    assert found[["low", "high"]].isna().all(axis=None)


def test_what_the_seeds_share_cancels_in_the_difference() -> None:
    draws = np.array([[-10.0, 0.0, 10.0, 20.0]])
    gain = np.array([[1.0, 1.2, 0.8, 1.0]])
    found = compare_arms(pd.DataFrame(draws), pd.DataFrame(draws + gain)).set_index("line")
    test = stats.ttest_rel((draws + gain)[0], draws[0]).confidence_interval(0.95)
    paired = found.loc["difference"]
    assert [paired["low"], paired["high"]] == pytest.approx([test.low, test.high])
    assert found.loc["base", "high"] > found.loc["other", "low"]  # the arms' own bands overlap
    assert paired["low"] > 0  # and yet the difference is sure
