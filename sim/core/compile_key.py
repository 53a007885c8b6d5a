"""What a compiled function is made of, as one digest: its code, its callees and the constants read.

Code is taken as Python's bytecode, which is what the compiler reads: comments, the text of a
docstring and the lines that something stands on are no part of it, and `assert` is only where it is
run.  So a comment causes no compilation, and no change to what is computed goes unnoticed.
"""

from __future__ import annotations

import enum
import hashlib
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

_keys: dict[Callable[..., Any], str] = {}
PLAIN = (bool, int, float, complex, str, bytes, type(None))


def key_of(function: Callable[..., Any]) -> str:
    """Return the digest of a function and of all that it calls or reads."""
    if function not in _keys:
        _keys[function] = _digest(_parts(function, {function}))
    return _keys[function]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _parts(function: Any, above: set[Any]) -> Iterator[str]:
    """Yield what a function consists of; `above` are the functions that are being described."""
    code = function.__code__
    yield from _code(code, function.__doc__)
    yield repr((function.__defaults__, function.__kwdefaults__))
    for cell in function.__closure__ or ():
        yield from _value(cell.cell_contents, (), above)
    names = sorted(set(_names(code)))
    for name in names:
        if name in function.__globals__:
            yield name
            yield from _value(function.__globals__[name], names, above)


def _names(code: types.CodeType) -> Iterator[str]:
    """Yield every name that code looks up, attributes among them: rather too many than too few."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _code(code: types.CodeType, text: str | None = None) -> Iterator[str]:
    """Yield what code does; `text` is its docstring, which is left out."""
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars))
    yield repr((code.co_argcount, code.co_kwonlyargcount, code.co_flags))
    for k, constant in enumerate(code.co_consts):
        if isinstance(constant, types.CodeType):
            yield from _code(constant)
        elif k == 0 and text is not None and constant == text:
            yield "docstring"
        else:
            yield f"{type(constant).__name__} {constant!r}"


def _value(value: Any, names: Iterable[str], above: set[Any]) -> Iterator[str]:
    """Yield what a value is to compiled code; `names` are those that may be looked up in it."""
    yield type(value).__name__
    python = getattr(value, "python", None)
    if isinstance(python, types.FunctionType):  # a compiled one
        if python in above:
            yield python.__qualname__  # it calls itself, or a ring of functions does
        else:
            yield _digest(_parts(python, above | {python}))
    elif isinstance(value, (enum.Enum, *PLAIN, np.generic)):
        yield repr(value)
    elif isinstance(value, np.ndarray):
        yield repr((value.dtype.str, value.shape, value.flags.c_contiguous))
        yield hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
    elif isinstance(value, tuple):
        yield repr(getattr(value, "_fields", ()))
        for one in value:
            yield from _value(one, (), above)
    elif isinstance(value, types.ModuleType):
        yield value.__name__
        for name in names:
            if hasattr(value, name) and not isinstance(getattr(value, name), types.ModuleType):
                yield name
                yield from _value(getattr(value, name), (), above)
    elif isinstance(value, type):
        yield value.__qualname__
        yield repr(getattr(value, "_fields", ()))
        if issubclass(value, enum.Enum):
            yield repr([(one.name, one.value) for one in value])
    else:
        yield getattr(value, "__qualname__", "")
