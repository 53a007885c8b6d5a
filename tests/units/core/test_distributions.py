"""Laws of birth are inversions: each draw is the law's own quantile of a keyed uniform."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.core.distributions import (
    Category,
    Chance,
    Constant,
    Derived,
    Exponential,
    Lognormal,
    Normal,
    Uniform,
)  # fmt: skip

GRID = (np.arange(999) + 0.5) / 999
PARAMS = SimpleNamespace(
    median=4e6, spread=0.8, rate=0.3, wait=18.0, level=-2.0, shares=(0.2, 0.5, 0.3)
)


def streams(number: int) -> np.ndarray:
    """Another order of the same grid for each stream."""
    return np.array([np.roll(GRID, 100 * k) for k in range(number)])


def drawn(law: Any) -> np.ndarray:
    return np.asarray(law.draw(streams(law.streams), {}, PARAMS))


def test_each_law_is_the_quantile_function_of_its_name() -> None:
    near = {"rtol": 1e-12, "atol": 1e-12}
    np.testing.assert_array_equal(drawn(Uniform()), GRID)
    np.testing.assert_allclose(drawn(Normal()), stats.norm.ppf(GRID), **near)
    np.testing.assert_allclose(drawn(Normal(-2.0, 3.0)), stats.norm(-2, 3).ppf(GRID), **near)
    np.testing.assert_allclose(
        drawn(Lognormal(4e6, 0.8)), stats.lognorm(0.8, scale=4e6).ppf(GRID), **near
    )
    # a small uniform is a long wait: the survival function is inverted
    np.testing.assert_allclose(drawn(Exponential(18.0)), stats.expon(scale=18).isf(GRID), **near)


def test_figures_may_be_names_of_parameters() -> None:
    np.testing.assert_array_equal(drawn(Lognormal("median", "spread")), drawn(Lognormal(4e6, 0.8)))
    np.testing.assert_array_equal(drawn(Normal("level", "spread")), drawn(Normal(-2.0, 0.8)))
    np.testing.assert_array_equal(drawn(Exponential("wait")), drawn(Exponential(18.0)))
    np.testing.assert_array_equal(drawn(Chance("rate")), drawn(Chance(0.3)))
    assert drawn(Constant("median")) == 4e6
    with pytest.raises(AttributeError, match="absent"):
        drawn(Constant("absent"))


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.0), (0.3, 0.3), (1.0, 1.0)])
def test_an_event_happens_iff_its_uniform_is_below_its_probability(
    chance: float, share: float
) -> None:
    assert drawn(Chance(chance)).mean() == pytest.approx(share, abs=1 / 999)
    assert (drawn(Chance(chance)) == np.less(GRID, chance)).all()


def test_categories_have_their_shares() -> None:
    shares = (0.2, 0.5, 0.0, 0.3)
    counts = np.bincount(drawn(Category(shares)), minlength=4) / GRID.size
    np.testing.assert_allclose(counts, shares, atol=1 / 999)
    assert set(drawn(Category("shares"))) == {0, 1, 2}
    # the last edge is not compared with, so rounding in the sum of shares names no fourth one
    assert drawn(Category((0.1,) * 10)).max() == 9


def test_the_dimensions_of_a_vector_have_streams_of_their_own() -> None:
    vector = drawn(Normal(width=3))
    assert vector.shape == (3, GRID.size)
    for k in range(3):
        np.testing.assert_array_equal(vector[k], np.roll(drawn(Normal()), 100 * k))


def test_a_derived_value_follows_from_what_was_born_before_it() -> None:
    law = Derived(lambda born, params: params.wait * born["size"])
    assert law.draw(streams(0), {"size": 2.0}, PARAMS) == 36.0
