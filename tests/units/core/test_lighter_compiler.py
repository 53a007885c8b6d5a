"""What the compiler leaves out changes neither the variables it lists nor what it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from llvmlite.binding.ffi import lib
from numba.core import ir
from numba.core.compiler import run_frontend

from sim.core.compiled import compiler
from sim.core.indexing import rows_where
from sim.core.lighter_compiler import lighten


def as_numba_lists(value: Any) -> list[Any]:
    """Return the variables of a value, by the rule as Numba writes it."""
    if isinstance(value, ir.Var):
        return [value]
    if isinstance(value, ir.Inst):
        return value.list_vars()
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [one for part in value for one in as_numba_lists(part)]
    return []


def some_statements(a: Any, b: Any, *rest: Any) -> Any:  # pragma: no cover
    """Hold one of many kinds of statements."""
    total = a[0] + b
    for k in range(len(a)):
        if a[k] > total and k != 3:
            total += max(a[k], b, *rest)
            a[k] = {"b": b}.get("b", total)
        elif not b:
            return (total, a[k:], [b, a])
    assert total > 0
    return total


@pytest.mark.parametrize("function", [some_statements, as_numba_lists, rows_where])
def test_it_lists_the_variables_that_numba_lists(function: Callable[..., Any]) -> None:
    compiler()
    blocks = run_frontend(getattr(function, "python", function)).blocks
    statements = [one for block in blocks.values() for one in block.body]
    assert len(statements) > 10
    for one in statements:
        assert one.list_vars() == as_numba_lists(one.__dict__)
        if isinstance(one, ir.Assign) and isinstance(one.value, ir.Expr):
            assert one.value.list_vars() == as_numba_lists(one.value._kws)


def test_no_call_of_llvm_is_timed_and_it_is_done_once() -> None:
    assert lighten()
    assert lib._lock._cblist == []
    before = ir.Inst._rec_list_vars
    assert lighten()
    assert ir.Inst._rec_list_vars is before
