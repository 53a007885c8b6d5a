"""Holm's rule by hand, and levels that say the same as the adjusted p-values."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from sim.analysis.multiplicity import holm, holm_levels


def test_holm_by_hand():
    # sorted .01 .02 .04 -> 3 * .01 = .03, 2 * .02 = .04, then max(.04, 1 * .04) = .04
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])


def test_missing_p_values_are_no_members_of_the_family():
    assert holm([0.02, np.nan, 0.5]) == pytest.approx([0.04, np.nan, 0.5], nan_ok=True)


def test_levels_by_hand():
    # .001 meets .05/4, .02 fails .05/3 and all after it meet that level, even .024
    assert holm_levels([0.02, 0.001, 0.9, 0.024], 0.05) == pytest.approx(
        [0.05 / 3, 0.05 / 4, 0.05 / 3, 0.05 / 3]
    )


def test_levels_decide_as_the_adjusted_p_values_do():
    rng = np.random.default_rng(5)
    decided = rows = 0
    for _ in range(25):  # each call of the library collects garbage, about 50 ms
        p = rng.beta(0.3, 3.0, rng.integers(1, 12))
        adjusted = holm(p) <= 0.05
        assert ((p <= holm_levels(p, 0.05)) == adjusted).all()
        decided += adjusted.sum()
        rows += len(p)
    assert 0 < decided < rows


@pytest.mark.parametrize("tests", [1, 2, 48])
def test_the_adjustment_is_that_of_statsmodels_to_the_last_bit(tests: int) -> None:
    rng = np.random.default_rng(tests)
    for power in (1, 2, 8):
        p = rng.random(tests) ** power
        p[rng.random(tests) < 0.2] = p[0]  # ties
        np.testing.assert_array_equal(holm(p), multipletests(p, method="holm")[1])
