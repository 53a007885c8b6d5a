"""Arrays that compiled code returns, made without asking for the class of arrays each time.

Numba looks the class of every returned array up through Python, under the text of its pickle, which
takes as long as making the array.  Here it is one of the function's constants, as the type of the
numbers in the array is already.
Imported with the compiler, when something is first compiled.
"""

from __future__ import annotations

import functools
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types


@functools.cache
def return_arrays() -> bool:
    """Return arrays this way, from now on; return False where this Numba works otherwise."""
    try:
        import numba.core.boxing  # noqa: F401  (registers what is replaced here)
        from numba.core.pythonapi import _boxers
        from numba.np.numpy_support import as_dtype

        makers = _boxers.functions
        usual = makers[types.Array]
    except (ImportError, AttributeError, KeyError):
        return False

    def made(kind: Any, value: Any, call: Any) -> Any:
        """Return the object of an array, as Numba's own function does."""
        if not call.context.enable_nrt:
            return usual(kind, value, call)
        api, builder, constants = call.pyapi, call.builder, call.env_manager
        of_class, of_numbers = (
            constants.read_const(constants.add_const(one))
            for one in (kind.box_type, as_dtype(kind.dtype))
        )
        number = ir.IntType(32)
        takes = [api.voidptr, api.pyobj, number, number, api.pyobj]
        make = api._get_function(
            ir.FunctionType(api.pyobj, takes), name="NRT_adapt_ndarray_to_python_acqref"
        )
        place = builder.bitcast(cgutils.alloca_once_value(builder, value), api.voidptr)
        shape = ir.Constant(number, kind.ndim), ir.Constant(number, int(kind.mutable))
        array = builder.call(make, [place, of_class, *shape, of_numbers])
        call.context.nrt.decref(builder, kind, value)
        return array

    makers[types.Array] = made
    return True
