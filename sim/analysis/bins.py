"""How to cut the open quantities of a design into a few bins of equal count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    from pandas import DataFrame, Series

MOST_BINS = 4
POINTS_PER_CELL = 5


def enough_points(points: float, cells: int = 4) -> bool:
    """Return whether the cells of a map, four at least, have on average points enough to show."""
    return points >= POINTS_PER_CELL * cells


def bins_for(points: int) -> int:
    """Return how many bins a quantity gets, so that a cell of two has about five points."""
    return int(np.clip(np.sqrt(points / POINTS_PER_CELL), 2, MOST_BINS))


def binned(column: Series[Any], bins: int) -> Series[Any]:
    """Return each value's bin: its own level if it has few, else the middle of the bin."""
    from pandas import qcut
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    text = not is_numeric_dtype(column) or is_bool_dtype(column)
    if text or column.nunique() <= bins:
        return column.astype(str) if text else column
    return qcut(column, bins, duplicates="drop").map(lambda interval: interval.mid).astype(float)


def checked(design: DataFrame, quantities: Sequence[str]) -> DataFrame:
    """Return the design; raise `RequestError` if it lacks one of the quantities."""
    known = [str(c) for c in design.columns]
    for name in quantities:
        if name not in known:
            raise RequestError(f"the design has no column '{name}'{nearest(name, known)}")
    return design
