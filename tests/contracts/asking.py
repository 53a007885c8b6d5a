"""Ask a policy the same question in other words: its answer may follow only what it may see.

Each method of a policy is examined while a real simulation asks it.  Whatever arguments it takes,
arrays and views that have one entry per row are put in another order, and columns above the
observer's sight are shuffled; so a new method or a new member is examined without being named.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from sim.core.registry import Family
from sim.core.view import View

FEWEST = 12  # rows; below it an array's length says too little about what it counts


class ContractError(AssertionError):
    """A policy broke its contract."""


def methods(member: type, base: type) -> Iterator[tuple[type, str, FunctionType]]:
    """Yield the public methods of a member with the class that declares each, up to its base."""
    for owner in member.__mro__:
        if issubclass(owner, base):
            for name, function in vars(owner).items():
                if isinstance(function, FunctionType) and not name.startswith("_"):
                    yield owner, name, function


def spy(
    monkeypatch: pytest.MonkeyPatch, family: Family[Any], member: type, rng: np.random.Generator
) -> dict[str, int]:
    """Examine every answer of a member from now on; return how often each method was asked."""
    asked: dict[str, int] = {}
    busy: list[bool] = []

    def watched(name: str, function: FunctionType) -> Callable[..., Any]:
        def ask(policy: Any, *args: Any, **named: Any) -> Any:
            asked[name] = asked.get(name, 0) + 1
            if busy:  # a method that asks another one of its own
                return function(policy, *args, **named)
            busy.append(True)
            try:
                return examine(lambda *a: function(policy, *a, **named), args, rng)
            finally:
                busy.clear()

        return ask

    for owner, name, function in methods(member, family.base):
        monkeypatch.setattr(owner, name, watched(name, function))
    return asked


def examine(ask: Callable[..., Any], args: tuple[Any, ...], rng: np.random.Generator) -> Any:
    """Return the answer to a question after asking it again in other words."""
    kept = copy.deepcopy([arg for arg in args if not isinstance(arg, View)])
    answer = ask(*(_again(arg) for arg in args))
    if not same(kept, [arg for arg in args if not isinstance(arg, View)]):
        raise ContractError("it wrote into what it was asked about")
    if not finite(answer):
        raise ContractError("its answer is not finite")
    rows = [len(arg) for arg in args if isinstance(arg, View)]
    n = rows[0] if rows else next((a.shape[-1] for a in args if isinstance(a, np.ndarray)), 0)
    if rows and not shaped(answer, n):
        raise ContractError(f"its answer has not one entry for each of {n} rows")
    if not same(answer, ask(*(_again(arg, rng) for arg in args))):
        raise ContractError("its answer changed with columns that it may not see")
    if n >= FEWEST:
        order = rng.permutation(n)
        if not same(_reordered(answer, n, order), ask(*(_reordered(a, n, order) for a in args))):
            raise ContractError("its answer for a row depends on the order of the rows")
    return answer


def _again(arg: Any, rng: np.random.Generator | None = None) -> Any:
    """Return an argument afresh; with `rng`, what its observer may not see is shuffled."""
    if not isinstance(arg, View):
        return arg
    faces = arg._faces
    if rng is not None:
        faces = [(schema, _shuffled(schema, face, arg._sight, rng)) for schema, face in faces]
    return View(arg._observer, arg._sight, arg.rows, *faces)


def _shuffled(schema: Any, face: Any, sight: int, rng: np.random.Generator) -> Any:
    columns = {}
    for column in schema:
        values = getattr(face, column.name)
        hidden = column.sight > sight
        columns[column.name] = rng.permutation(values, axis=-1) if hidden else values
    return schema.record(**columns)


def _reordered(value: Any, n: int, order: np.ndarray) -> Any:
    """Return a question or an answer about `n` rows with its rows in another order."""
    if isinstance(value, View):
        return View(value._observer, value._sight, value.rows[order], *value._faces)
    if isinstance(value, np.ndarray):
        return value[..., order] if value.ndim and value.shape[-1] == n else value
    if isinstance(value, tuple):
        parts = [_reordered(part, n, order) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are the same, to the bit."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and np.array_equal(one, other, equal_nan=False)
    if isinstance(one, list | tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(same(a, b) for a, b in pairs)
    return bool(one is other or one == other or not isinstance(one, float | int | bool | str))


def finite(answer: Any) -> bool:
    """Tell whether all numbers in an answer are finite."""
    if isinstance(answer, tuple | list):
        return all(finite(part) for part in answer)
    if isinstance(answer, np.ndarray | float | int):
        return bool(np.isfinite(answer).all())
    return True


def shaped(answer: Any, n: int) -> bool:
    """Tell whether every array in an answer has one entry per row, and there is one at all."""
    parts = answer if isinstance(answer, tuple) else (answer,)
    return bool(parts) and all(
        isinstance(part, np.ndarray) and part.shape[-1:] == (n,) for part in parts
    )
