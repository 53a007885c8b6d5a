"""A face: the columns of one table under their names, as array code and compiled code both read it.

Handing a compiled function a tuple of many arrays costs more than what a small branch does with
them, since every array is examined again on every call.  A face is looked at once: it keeps the
words that describe its arrays to compiled code (`sim.core.native`), where it is the named tuple
of the schema.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Int64s

Array = NDArray[Any]
T = TypeVar("T")
DESCRIBED = 5  # words of each array before its shape and strides


class Face:
    """Columns by name; made by `face_of`.  No column can be replaced, only its contents.

    `block` holds all columns as one array (columns, rows) where they lie in one, else None.
    """

    __slots__ = ("_address", "_numba_type_", "_words", "block")
    _fields: tuple[str, ...]
    _record: type

    def __init__(self, arrays: Sequence[Array], block: Array | None, words: Int64s):
        object.__setattr__(self, "block", block)
        for name, array in zip(self._fields, arrays, strict=True):
            object.__setattr__(self, name, array)
        object.__setattr__(self, "_words", words)
        object.__setattr__(self, "_address", words.ctypes.data)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"column '{name}' cannot be replaced; write into it instead")

    def __iter__(self) -> Iterator[Array]:
        return (getattr(self, name) for name in self._fields)

    def __reduce__(self) -> Any:
        raise TypeError("a face points into its table and cannot be copied without it")


@functools.cache
def _kind(record: Any) -> type[Face]:
    names = record._fields
    return type(record.__name__, (Face,), {"__slots__": names, "_fields": names, "_record": record})


def words_of(arrays: Sequence[Array], places: Iterable[int] | None = None) -> Int64s:
    """Return the words that describe arrays to compiled code.

    `places` are their addresses, where these are known: to ask an array for its own takes longer
    than all else here.
    """
    words: list[int] = []
    for array, place in zip(arrays, places or map(address, arrays), strict=True):
        # its owner (none: the table owns it), its size, where it is
        words += [0, 0, array.size, array.itemsize, place, *array.shape, *array.strides]
    return np.array(words, np.int64)


def address(array: Array) -> int:
    """Return where in memory an array begins."""
    return int(array.ctypes.data)


def face_of(
    record: type[T],
    arrays: Sequence[Array],
    block: Array | None = None,
    words: Int64s | None = None,
) -> T:
    """Return the face of one table's arrays, in the order of its schema's `record`.

    To a type checker, a face is the named tuple that it is to compiled code.
    `words` describe them, where another face of the same arrays has found them already.
    The arrays must outlive no one: the face keeps them.  Raises `ValueError` where their number is
    not that of the columns.
    """
    face = _kind(cast(Any, record))(arrays, block, words_of(arrays) if words is None else words)
    return cast(T, face)


def block_of(face: Any) -> Floats:
    """Return all columns of a table as one array (columns, rows), where all are floats."""
    block: Floats = face.block
    return block
