"""A table: the arrays of one schema, with a face to read and a face to write.

Rows never move and arrays are never replaced, so both faces are made once and cost nothing to
pass about.  The face to read holds read-only arrays: writing through it fails at once, in array
code and in compiled code alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.columns import Schema
from sim.core.face import face_of


class Table:
    """Columns of one schema for `rows` rows.

    Where all columns are alike they lie in one array, which the faces show as `block`.
    """

    def __init__(self, schema: Schema, rows: int):
        self.schema = schema
        self.rows = rows
        block = None
        if all(column.dtype == "f8" and column.width == 1 for column in schema):
            block = np.zeros((len(schema), rows))
            arrays = list(block)
        else:
            arrays = [
                np.zeros(rows if column.width == 1 else (column.width, rows), dtype=column.dtype)
                for column in schema
            ]
        self.write: Any = face_of(schema.record, arrays, block)
        self.read: Any = face_of(
            schema.record,
            [read_only(a) for a in arrays],
            None if block is None else read_only(block),
        )

    @property
    def nbytes(self) -> int:
        """Bytes held by the columns."""
        return sum(array.nbytes for array in self.write)


def read_only(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a view of an array that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view
