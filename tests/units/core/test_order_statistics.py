"""Order statistics are those of sorted values."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.order_statistics import thresholds, two_in_order


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1_001])
def test_two_values_in_order_are_those_of_the_sorted_array(size: int) -> None:
    rng = np.random.default_rng(size)
    for values in (rng.normal(size=size), rng.integers(0, 4, size).astype(float), np.ones(size)):
        ascending = np.sort(values)
        for place in {0, size // 3, size - 1}:
            found = two_in_order(values.copy(), place)
            assert found == (ascending[place], ascending[min(place + 1, size - 1)])


def test_only_those_that_count_are_ordered() -> None:
    books, counts = np.array([0, 0, 0, 3]), np.array([True, False, True, False])
    found = thresholds(np.array([1.0, 9.0, 2.0, 5.0]), counts, books, 4, 0.25)
    np.testing.assert_array_equal(found, [1.25, np.inf, np.inf, np.inf])
