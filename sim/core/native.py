"""What compiled code makes of a face: the named tuple of its schema, read from one place.

Imported with the compiler, when something is first compiled.
"""

from __future__ import annotations

from typing import Any

import numba
from numba.core import types
from numba.core.datamodel import models
from numba.extending import NativeValue, register_model, typeof_impl, unbox

from sim.core.face import Face


class FaceType(types.NamedTuple):
    """The named tuple of a schema that comes from a face."""


register_model(FaceType)(models.TupleModel)
_kinds: dict[Any, FaceType] = {}


@typeof_impl.register(Face)
def _type_of(face: Face, context: Any) -> FaceType:
    arrays = tuple(face)
    # a table of each simulation has the same types; to work them out takes a tenth of a small run
    laid = tuple((array.dtype.char, array.ndim, array.flags.num) for array in arrays)
    kind = _kinds.get((face._record, laid))
    if kind is None:
        kind = FaceType(tuple(numba.typeof(array) for array in arrays), face._record)
        _kinds[face._record, laid] = kind
    object.__setattr__(face, "_numba_type_", kind)  # where calls look first
    return kind


@unbox(FaceType)
def _read(kind: Any, face: Any, call: Any) -> NativeValue:
    """Load the description of all arrays at once; nobody counts references to them."""
    address = call.pyapi.object_getattr_string(face, "_address")
    words = call.pyapi.long_as_voidptr(address)
    call.pyapi.decref(address)
    place = call.builder.bitcast(words, call.context.get_value_type(kind).as_pointer())
    return NativeValue(call.builder.load(place))
