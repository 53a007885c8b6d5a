"""When a workout brings money: a Gamma law of shape 2, against scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from sim.world.resolution import gamma_two


@pytest.mark.parametrize("mean", [1.0, 24.0])
def test_the_quantile_is_that_of_a_gamma_law_of_shape_two(mean: float) -> None:
    u = np.concatenate([np.linspace(1e-4, 0.9999, 2_001), 1.0 - 2.0 ** -np.arange(14.0, 53.0)])
    found = np.array([gamma_two(each, mean) for each in u])
    np.testing.assert_allclose(found, 0.5 * mean * special.gammaincinv(2.0, u), rtol=1e-11)


def test_the_least_luck_is_no_time_at_all() -> None:
    assert 0.0 < gamma_two(2.0**-53, 24.0) < 1e-6
