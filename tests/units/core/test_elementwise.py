"""An elementwise formula: one pass over arrays of any shape, and numbers within compiled code."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.core.compiled import compiled, elementwise


@elementwise
def discounted(cash, rate, years):  # type: ignore[no-untyped-def]
    """Return a present value."""
    return cash / (1.0 + rate) ** years if years > 0.0 else cash


@compiled
def total(cash, rate):  # type: ignore[no-untyped-def]
    """Add up present values, the k-th due in k years."""
    found = 0.0
    for k in range(cash.size):
        found += discounted(cash[k], rate, k)
    return found


def test_arguments_are_broadcast_together() -> None:
    found = discounted(np.array([[100.0], [200.0]]), 0.05, np.array([0, 1, 2], np.int16))
    expected = [[c / 1.05**n for n in (0, 1, 2)] for c in (100.0, 200.0)]
    np.testing.assert_allclose(found, expected, rtol=1e-15)
    assert float(discounted(100.0, 0.1, 1)) == pytest.approx(100.0 / 1.1)


def test_compiled_code_calls_it_with_numbers() -> None:
    cash = np.array([10.0, 20.0, 30.0])
    assert math.isclose(total(cash, 0.1), 10.0 + 20.0 / 1.1 + 30.0 / 1.21)


def test_what_is_no_number_stays_none() -> None:
    assert np.isnan(discounted(np.array([np.nan]), 0.1, 2.0))[0]
