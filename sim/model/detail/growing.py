"""A table that grows by rows; values of a row can be filled in later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Blank = tuple[str, Any]  # a column's dtype, and its value until it is known
FIRST = 1_024  # rows for which there is room at first


class GrowingTable:
    """Columns by name, each with its dtype and blank value; rows are numbered from 0."""

    def __init__(self, columns: Mapping[str, Blank]):
        self.columns = dict(columns)
        self.rows = 0
        self._arrays = {
            name: np.full(FIRST, blank, dtype) for name, (dtype, blank) in self.columns.items()
        }

    def add(self, count: int, **values: Any) -> NDArray[np.int64]:
        """Add rows with these values, blanks elsewhere, and return their numbers."""
        numbers = np.arange(self.rows, self.rows + count)
        self.rows += count
        self._make_room()
        self.set(numbers, **values)
        return numbers

    def set(self, numbers: NDArray[np.int64], **values: Any) -> None:
        """Fill in columns of some rows."""
        for name, value in values.items():
            self._arrays[name][numbers] = value

    def column(self, name: str) -> NDArray[Any]:
        """Return one column of all rows."""
        return self._arrays[name][: self.rows]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return a copy of every column by name."""
        return {name: self.column(name).copy() for name in self.columns}

    def fill(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Replace all rows; raises `KeyError` where a column is missing."""
        self.rows = arrays[next(iter(self.columns))].size
        self._make_room()
        self.set(np.arange(self.rows), **{name: arrays[name] for name in self.columns})

    def _make_room(self) -> None:
        size = len(next(iter(self._arrays.values())))
        if self.rows <= size:
            return
        more = max(size, self.rows - size)
        for name, (dtype, blank) in self.columns.items():
            self._arrays[name] = np.concatenate([self._arrays[name], np.full(more, blank, dtype)])
