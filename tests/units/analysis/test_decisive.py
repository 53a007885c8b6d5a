"""The interval that decides a verdict excludes zero exactly where Holm's rule decides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.decisive import decisive_intervals
from sim.analysis.multiplicity import holm


def differences(means: list[float], n: int = 12, family: str = "a") -> pd.DataFrame:
    """Paired differences of unit spread with their t intervals."""
    half = stats.t.ppf(0.975, n - 1) / np.sqrt(n)
    table = pd.DataFrame({"difference": means, "arm": family, "n": n})
    table["low"], table["high"] = table["difference"] - half, table["difference"] + half
    table["p"] = 2 * stats.t.sf(table["difference"].abs() * np.sqrt(n), n - 1)
    return table


def test_it_agrees_with_the_verdict_where_the_usual_interval_does_not() -> None:
    table = differences([0.7, 0.9, 1.5, 0.1])
    usual = table["low"] * table["high"] > 0
    found = decisive_intervals(table, "arm")
    excludes = found["decides_low"] * found["decides_high"] > 0
    assert excludes.tolist() == (holm(table["p"]) <= 0.05).tolist() == [False, True, True, False]
    assert usual.tolist() == [True, True, True, False]


def test_its_width_is_that_of_holms_level_by_hand() -> None:
    found = decisive_intervals(differences([0.7, 0.9, 1.5, 0.1]), "arm")
    # sorted by p: 1.5 is tested at .05/4, .9 at .05/3, .7 fails at .05/2 as does the last
    for row, share in ((2, 4), (1, 3), (0, 2), (3, 2)):
        half = stats.t.ppf(1 - 0.05 / share / 2, 11) / np.sqrt(12)
        ends = (found["difference"][row] - half, found["difference"][row] + half)
        assert tuple(found.loc[row, ["decides_low", "decides_high"]]) == pytest.approx(ends)


def test_families_are_apart_and_a_row_without_data_is_no_test() -> None:
    alone = differences([0.70], family="b")
    nothing = differences([0.70], family="b").assign(p=np.nan, low=np.nan, high=np.nan, n=1)
    both = pd.concat([differences([0.70, 1.5]), alone, nothing], ignore_index=True)
    found = decisive_intervals(both, "arm")
    assert found.loc[2, ["decides_low", "decides_high"]].tolist() == pytest.approx(
        alone.loc[0, ["low", "high"]].tolist()
    )
    assert found.loc[3, ["decides_low", "decides_high"]].isna().all()
