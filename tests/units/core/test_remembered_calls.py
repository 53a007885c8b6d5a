"""What the compiler remembers of one call is what it would find again for another."""

import operator

import numpy as np
import pytest
from numba.core import types
from numba.core.errors import TypingError
from numba.core.registry import cpu_target
from numba.core.types.functions import BaseFunction

from sim.core.compiled import compiled, compiler
from sim.core.remembered_calls import remember_calls


def test_a_call_is_resolved_once_and_then_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler()  # from here on the compiler remembers
    context = cpu_target.typing_context
    context.refresh()
    add = context.resolve_value_type(operator.add)
    first = add.get_call_type(context, (types.int64, types.float64), {})
    assert first.return_type == types.float64

    def refuse(*_: object) -> None:
        raise AssertionError("an implementation was asked again")

    for template in add.templates:
        monkeypatch.setattr(template, "apply", refuse)
    assert add.get_call_type(context, (types.int64, types.float64), {}) is first
    with pytest.raises(AssertionError, match="asked again"):
        add.get_call_type(context, (types.float32, types.float64), {})


def test_what_cannot_be_added_is_refused_each_time() -> None:
    compiler()
    context = cpu_target.typing_context
    add = context.resolve_value_type(operator.add)
    for _ in range(2):
        with pytest.raises(TypingError):
            add.get_call_type(context, (types.none, types.int64), {})


def test_two_types_of_one_operator_are_not_mixed() -> None:
    @compiled
    def total(whole, part):  # type: ignore[no-untyped-def]
        return whole[0] + whole[1], part[0] + part[1], whole[0] + part[0]

    found = total(np.array([3, 4]), np.array([0.25, 0.5]))
    assert found == (7, 0.75, 3.25)
    assert [type(one) for one in found] == [int, float, float]


def test_it_is_done_once() -> None:
    assert remember_calls()
    before = BaseFunction.get_call_type
    assert remember_calls()
    assert BaseFunction.get_call_type is before
