"""Arrays come out of compiled code as Numba makes them, and nothing is kept for each of them."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from sim.core.compiled import INTERPRETED, compiled, compiler
from sim.core.returned_arrays import return_arrays

pytestmark = pytest.mark.skipif(INTERPRETED, reason="nothing is compiled")


@compiled
def several(column):  # type: ignore[no-untyped-def]
    """Return arrays of several types and shapes, the one given among them."""
    return column, column[1:], column > 1.0, np.zeros((2, 3), np.int8), np.empty(0, np.uint64)


def test_types_shapes_and_values_are_as_in_python() -> None:
    given = np.array([1.0, 2.0, 3.0])
    for found, expected in zip(several(given), several.python(given), strict=True):
        assert type(found) is np.ndarray
        assert (found.dtype, found.shape, found.flags.writeable) == (
            expected.dtype, expected.shape, expected.flags.writeable,
        )  # fmt: skip
        np.testing.assert_array_equal(found, expected)


def test_the_array_given_is_returned_itself_and_stays_read_only() -> None:
    given = np.array([1.0, 2.0])
    given.flags.writeable = False
    found = several(given)[0]
    assert found is given or np.shares_memory(found, given)
    assert not found.flags.writeable


def test_an_array_outlives_the_call_and_no_reference_to_its_class_is_kept() -> None:
    given = np.array([1.0, 2.0, 3.0])
    kept = several(given)[2]
    before = sys.getrefcount(np.ndarray)
    for _ in range(100):
        several(given)
    assert sys.getrefcount(np.ndarray) - before < 10
    np.testing.assert_array_equal(kept, [False, True, True])


def test_it_is_done_once() -> None:
    from numba.core import types
    from numba.core.pythonapi import _boxers

    compiler()
    before = _boxers.functions[types.Array]
    assert return_arrays()
    assert _boxers.functions[types.Array] is before
