"""Places: never counted from the end, and rows listed as NumPy lists them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.compiled import compiled
from sim.core.indexing import rows_where, unsigned


@compiled
def gathered(column, rows):  # type: ignore[no-untyped-def]
    """Return a column at some rows."""
    found = np.empty(rows.size)
    for k in range(rows.size):
        found[k] = column[unsigned(rows[k])]
    return found


def test_a_place_is_the_row_of_its_number() -> None:
    column, rows = np.arange(5.0) ** 2, np.array([4, 0, 2])
    assert gathered(column, rows).tolist() == [16.0, 0.0, 4.0]
    assert gathered(column, rows.astype(np.int8)).tolist() == [16.0, 0.0, 4.0]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
@pytest.mark.parametrize("size", [0, 1, 1_000])
def test_rows_are_listed_as_numpy_lists_them(size: int, share: float) -> None:
    flags = np.random.default_rng(size).random(size) < share
    rows = rows_where(flags)
    assert rows.dtype == np.int64
    assert rows.tolist() == np.flatnonzero(flags).tolist()
