"""Names for arrays by what they hold; shapes are stated where an array is made.

A column of a table is annotated with the name that fits its dtype exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]  # f8
Floats32 = NDArray[np.float32]  # f4
Rows = NDArray[np.int64]  # numbers of rows of a table
Bools = NDArray[np.bool_]  # ?
Integers = NDArray[np.integer]  # of any size
Int8s = NDArray[np.int8]  # i1
Int16s = NDArray[np.int16]  # i2
Int32s = NDArray[np.int32]  # i4
Int64s = NDArray[np.int64]  # i8
Keys = NDArray[np.uint64]  # u8: of entities, for random numbers


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return a view of an array that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view
