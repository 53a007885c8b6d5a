"""Every slice of every axis has one point, and they are the points that SciPy draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from sim.core.hypercube import latin_hypercube


@pytest.mark.parametrize(("axes", "count", "seed"), [(1, 1, 0), (3, 7, 5), (9, 16, 20_186)])
def test_every_slice_has_one_point_and_scipy_draws_the_same(
    axes: int, count: int, seed: int
) -> None:
    points = latin_hypercube(axes, count, seed)
    assert points.shape == (count, axes)
    slices = np.floor(points * count)
    np.testing.assert_array_equal(np.sort(slices, axis=0), np.tile(np.arange(count), (axes, 1)).T)
    np.testing.assert_array_equal(points, qmc.LatinHypercube(axes, rng=seed).random(count))
