"""Order statistics without sorting are those of sorted numbers."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.order_statistics import two_in_order


@pytest.mark.parametrize("size", [1, 2, 3, 8, 101])
@pytest.mark.parametrize("distinct", [1, 3, 1000])
def test_two_in_order_are_those_of_sorted_numbers(size: int, distinct: int) -> None:
    values = np.random.default_rng(size).integers(distinct, size=size) / 7.0
    in_order = np.sort(values)
    for place in range(size):
        expected = in_order[place], in_order[min(place + 1, size - 1)]
        assert two_in_order(values.copy(), place) == expected
