"""A table: one array per column, and a face that cannot be written through, in any code."""

from __future__ import annotations

import copy
from typing import NamedTuple

import numpy as np
import pytest

from sim.core.arrays import Floats, Floats32, Int8s
from sim.core.columns import Column, Schema, column
from sim.core.compiled import compiled
from sim.core.face import face_of
from sim.core.sight import Sight
from sim.core.table import Table


class Things(NamedTuple):
    """Some things of several dtypes."""

    size: Floats = column("f8", "m", "how long", Sight.FILE)
    kind: Int8s = column("i1", "code", "which", Sight.FILE)
    place: Floats32 = column("f4", "m", "where", Sight.HIDDEN, width=3)


THINGS = Schema(Things)


@compiled
def grow(things, by):  # type: ignore[no-untyped-def]
    """Add to every size."""
    for i in range(things.size.size):
        things.size[i] += by


@compiled
def total(things):  # type: ignore[no-untyped-def]
    """Weigh every column differently and add up."""
    found = 0.0
    for i in range(things.size.size):
        found += things.size[i] + 10.0 * things.kind[i] + 100.0 * things.place[2, i]
    return found


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
        Schema.of("Twice", size, size)
    with pytest.raises(KeyError, match="known: size, kind, place; did you mean 'size'"):
        THINGS["sise"]
    assert "size" in THINGS
    assert "sise" not in THINGS
    assert len(THINGS) == 3
    assert [column.name for column in THINGS] == ["size", "kind", "place"]
    assert THINGS.home == __name__.replace(".", "/") + ".py"


def test_a_column_is_described_where_its_class_is() -> None:
    assert Things.place.__doc__ == "where [m]"
    assert THINGS.record is Things


def test_a_column_without_annotation_or_declaration_is_refused() -> None:
    class Bare(NamedTuple):
        size = column("f8", "m", "how long", Sight.FILE)

    class Undeclared(NamedTuple):
        size: Floats

    with pytest.raises(TypeError, match=r"Bare\.size has no annotation"):
        Schema(Bare)
    with pytest.raises(TypeError, match=r"Undeclared\.size is not declared by column"):
        Schema(Undeclared)


def test_a_face_means_the_same_to_array_code_and_to_compiled_code() -> None:
    table = Table(THINGS, 3)
    table.write.size[:] = [1.0, 2.0, 3.0]
    table.write.kind[:] = [4, 5, 6]
    table.write.place[:] = np.arange(9.0).reshape(3, 3)
    part = face_of(Things, [column[..., 1:] for column in table.read])
    for face in (table.write, table.read, part):
        expected = face.size.sum() + 10.0 * face.kind.sum() + 100.0 * face.place[2].sum()
        assert total(face) == expected
        assert total(face) == expected  # the second call takes the short way


def test_columns_of_one_kind_lie_in_one_block() -> None:
    pages = Schema.of(
        "Pages", *(Column(name, "f8", "CNY", "money", Sight.FILE) for name in ("came", "went"))
    )
    table = Table(pages, 2)
    table.write.went[:] = [3.0, 4.0]
    assert table.read.block.tolist() == [[0.0, 0.0], [3.0, 4.0]]
    with pytest.raises(ValueError, match="read-only"):
        table.read.block[:] = 0.0
    table.write.block[:] = 0.0
    assert not table.read.went.any()
    assert Table(THINGS, 2).read.block is None


def test_a_face_cannot_be_copied_away_from_its_table() -> None:
    with pytest.raises(TypeError, match="cannot be copied"):
        copy.deepcopy(Table(THINGS, 2).write)
