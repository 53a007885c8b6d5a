"""A table: one array per column, and a face that cannot be written through, in any code."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.columns import Column, Schema
from sim.core.compiled import compiled
from sim.core.sight import Sight
from sim.core.table import Table

THINGS = Schema(
    "Things",
    Column("size", "f8", "m", "how long", Sight.FILE),
    Column("kind", "i1", "code", "which", Sight.FILE),
    Column("place", "f4", "m", "where", Sight.HIDDEN, width=3),
)
Things = THINGS.record


@compiled
def grow(things, by):  # type: ignore[no-untyped-def]
    """Add to every size."""
    for i in range(things.size.size):
        things.size[i] += by


def test_columns_have_their_own_type_and_shape() -> None:
    table = Table(THINGS, 4)
    assert table.write.size.shape == (4,)
    assert table.write.place.shape == (3, 4)
    assert [array.dtype.str[1:] for array in table.write] == ["f8", "i1", "f4"]
    assert all(not array.any() for array in table.write)
    assert table.nbytes == 4 * (8 + 1 + 3 * 4)


def test_what_is_written_through_one_face_is_read_through_the_other() -> None:
    table = Table(THINGS, 4)
    table.write.size[2] = 5.0
    grow(table.write, 1.0)
    assert table.read.size.tolist() == [1.0, 1.0, 6.0, 1.0]


def test_array_code_cannot_write_through_the_face_to_read() -> None:
    table = Table(THINGS, 4)
    with pytest.raises(ValueError, match="read-only"):
        table.read.size[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        table.read.place[:, 1] += 1.0
    with pytest.raises(ValueError, match="read-only"):
        table.read.size[1:].sort()
    with pytest.raises(AttributeError):
        table.read.size = np.ones(4)
    assert not table.write.size.any()


def test_compiled_code_cannot_write_through_the_face_to_read() -> None:
    from numba.core.errors import TypingError

    table = Table(THINGS, 4)
    with pytest.raises(TypingError, match=r"[Rr]eadonly|read-only|immutable"):
        grow(table.read, 1.0)
    assert not table.write.size.any()


def test_an_empty_table_is_a_table() -> None:
    table = Table(THINGS, 0)
    assert table.read.place.shape == (3, 0)
    assert table.nbytes == 0


def test_a_column_is_declared_once_and_its_name_is_known() -> None:
    size = Column("size", "f8", "m", "how long", Sight.FILE)
    with pytest.raises(ValueError, match="declares a column twice"):
        Schema("Twice", size, size)
    with pytest.raises(KeyError, match="known: size, kind, place; did you mean 'size'"):
        THINGS["sise"]
    assert "size" in THINGS
    assert "sise" not in THINGS
    assert len(THINGS) == 3
    assert [column.name for column in THINGS] == ["size", "kind", "place"]
    assert THINGS.home == __name__.replace(".", "/") + ".py"
