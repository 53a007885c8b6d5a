"""Names for arrays by what they hold; shapes stand where an array is born."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]  # numbers of rows of a table
Bools = NDArray[np.bool_]
Integers = NDArray[np.integer]
Keys = NDArray[np.uint64]  # of entities, for random numbers


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array itself, which can no longer be written."""
    array.flags.writeable = False
    return array
