"""What compiled code makes of a face: one pointer, through which columns are loaded where read.

A tuple of arrays would be handed over value by value, with a count of references to each, in every
call from one compiled function to another; the compiler then works longer on that than on all else.
A face never changes which arrays it holds, only their contents, so what describes an array may be
loaded as something that never changes; and the table owns the arrays, so no references are
counted.
Imported with the compiler, when something is first compiled.
"""

from __future__ import annotations

import functools
from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.extending import (
    NativeValue,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)

from sim.core.face import DESCRIBED, Face


class _Hashed:
    """Works out what tells a type from others once: the compiler asks for it by the million."""

    @functools.cached_property
    def _hash(self) -> int:
        return hash(self.key)  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_hash"}


class ColumnType(_Hashed, types.Array):
    """An array that its table owns: reading it holds no reference."""


class FaceType(_Hashed, types.NamedTuple):
    """The named tuple of a schema that comes from a face, by the names of its columns too."""

    @property
    def key(self) -> Any:
        """What tells one face from another; code for other columns in their order is other code."""
        return (*super().key, self.fields)


@register_model(ColumnType)
class _Column(models.ArrayModel):
    def traverse(self, builder: Any) -> list[Any]:
        """Show no part that counts references."""
        return []


register_model(FaceType)(models.OpaqueModel)
_kinds: dict[Any, FaceType] = {}


@typeof_impl.register(Face)
def _type_of(face: Face, context: Any) -> FaceType:
    arrays = tuple(face)
    # a table of each simulation has the same types; to work them out takes a tenth of a small run
    laid = tuple((array.dtype.char, array.ndim, array.flags.num) for array in arrays)
    kind = _kinds.get((face._record, laid))
    if kind is None:
        kind = FaceType(tuple(map(_column_type, arrays)), face._record)
        _kinds[face._record, laid] = kind
    object.__setattr__(face, "_numba_type_", kind)  # where calls look first
    return kind


def _column_type(array: Any) -> ColumnType:
    kind = numba.typeof(array)
    return ColumnType(kind.dtype, kind.ndim, kind.layout, not kind.mutable, aligned=kind.aligned)


@unbox(FaceType)
def _read(kind: Any, face: Any, call: Any) -> NativeValue:
    """Take the address of the words that describe the arrays."""
    address = call.pyapi.object_getattr_string(face, "_address")
    words = call.pyapi.long_as_voidptr(address)
    call.pyapi.decref(address)
    return NativeValue(words)


@lower_getattr_generic(FaceType)
def _load(context: Any, builder: Any, kind: Any, words: Any, name: str) -> Any:
    """Load what describes one column."""
    index = kind.fields.index(name)
    column = kind.types[index]
    before = sum(DESCRIBED + 2 * other.ndim for other in kind.types[:index])
    word = context.get_value_type(types.intp)
    first = builder.gep(
        builder.bitcast(words, word.as_pointer()), [ir.Constant(word, before)], inbounds=True
    )

    def load(k: int) -> Any:
        found = builder.load(builder.gep(first, [ir.Constant(word, k)], inbounds=True))
        found.set_metadata("invariant.load", builder.module.add_metadata([]))
        return found

    width = context.get_abi_sizeof(context.get_data_type(column.dtype))
    shape = [load(DESCRIBED + k) for k in range(column.ndim)]
    if column.ndim == 1 and column.layout == "C":
        strides = [ir.Constant(word, width)]
    else:
        strides = [load(DESCRIBED + column.ndim + k) for k in range(column.ndim)]
    array = cgutils.create_struct_proxy(column)(context, builder)
    array.meminfo = ir.Constant(array.meminfo.type, None)
    array.parent = ir.Constant(array.parent.type, None)
    array.nitems = shape[0] if column.ndim == 1 else load(2)
    array.itemsize = ir.Constant(word, width)
    array.data = builder.inttoptr(load(4), array.data.type)
    array.shape = cgutils.pack_array(builder, shape)
    array.strides = cgutils.pack_array(builder, strides)
    return array._getvalue()
