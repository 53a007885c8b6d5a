"""The normal quantile that all normal random numbers goes through, against scipy's, to 1e-13."""

from __future__ import annotations

import numpy as np
from scipy import special

from sim.core import random_numbers

MIDDLE = np.linspace(0.001, 0.999, 20_001)
TAIL = np.concatenate([10.0 ** np.arange(-300.0, -2.0), 2.0 ** np.arange(-60.0, -1.0)])
EDGES = np.array([0.075, 0.925, np.exp(-25.0), 0.5, 0.5 - 2**-54, 2.0**-54, 1 - 2.0**-53])


def test_it_agrees_with_scipy() -> None:
    p = np.concatenate([MIDDLE, TAIL, EDGES, np.nextafter(EDGES, 0), np.nextafter(EDGES[:-1], 1)])
    np.testing.assert_allclose(
        random_numbers.normal_quantiles(p), special.ndtri(p), rtol=1e-13, atol=1e-15
    )


def test_it_is_odd_about_one_half() -> None:
    p = np.arange(1, 2**12) / 2.0**12  # exact, and so is 1 - p
    np.testing.assert_array_equal(
        random_numbers.normal_quantiles(p), -random_numbers.normal_quantiles(1 - p)
    )


def test_it_never_falls() -> None:
    p = np.sort(np.concatenate([MIDDLE, TAIL, EDGES]))
    assert (np.diff(random_numbers.normal_quantiles(p)) >= 0).all()


def test_the_distribution_function_agrees_with_scipy_and_undoes_it() -> None:
    x = np.linspace(-37.0, 8.0, 9_001)
    np.testing.assert_allclose(
        [random_numbers.normal_cdf(v) for v in x], special.ndtr(x), rtol=1e-13
    )
    there_and_back = [random_numbers.normal_cdf(z) for z in random_numbers.normal_quantiles(MIDDLE)]
    np.testing.assert_allclose(there_and_back, MIDDLE, rtol=1e-13)
    assert random_numbers.normal_cdf(0.0) == 0.5
