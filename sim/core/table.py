"""A table: the arrays of one schema, with a face to read and a face to write.

Rows never move and arrays are never replaced, so both faces are made once and cost nothing to
pass about.  The face to read holds read-only arrays: writing through it fails at once, in array
code and in compiled code alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar, cast

import numpy as np

from sim.core.arrays import read_only
from sim.core.columns import Schema
from sim.core.face import address, face_of, words_of
from sim.core.memory import in_large_pages

T = TypeVar("T")
WORD = 8  # bytes; every column begins on a word


class Table(Generic[T]):
    """Columns of one schema for `rows` rows.

    All columns lie in one piece of memory, which the system can then hold in large pages: a row is
    read across dozens of columns, and each would otherwise be looked up by itself.  Where all are
    floats, the faces also show the piece as one array, `block`.
    """

    def __init__(self, schema: Schema[T], rows: int):
        self.schema = schema
        self.rows = rows
        sizes = [np.dtype(column.dtype).itemsize * column.width * rows for column in schema]
        starts = np.concatenate([[0], np.cumsum([-(-size // WORD) * WORD for size in sizes])])
        memory = in_large_pages(int(starts[-1]))
        arrays = [
            memory[start : start + size]
            .view(column.dtype)
            .reshape(rows if column.width == 1 else (column.width, rows))
            for column, start, size in zip(schema, starts, sizes, strict=False)
        ]
        block = None
        if all(column.dtype == "f8" and column.width == 1 for column in schema):
            block = memory.view("f8").reshape(len(arrays), rows)
        words = words_of(arrays, [address(memory) + int(start) for start in starts[:-1]])
        self.write = face_of(schema.record, arrays, block, words)
        self.read = face_of(
            schema.record,
            [read_only(a) for a in arrays],
            None if block is None else read_only(block),
            words,
        )

    @property
    def nbytes(self) -> int:
        """Bytes held by the columns."""
        return sum(array.nbytes for array in cast(Iterable[np.ndarray[Any, Any]], self.write))
