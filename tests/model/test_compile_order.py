"""The helper compiles what the first month needs before what only later months need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import sim.model.compile_process
from sim.core.compile_list import calls_of
from sim.core.compiled import compiled
from sim.model.compile_process import in_order
from tests.model.worlds import scenario


def test_each_call_is_in_the_part_that_makes_it_first() -> None:
    @compiled
    def twice(x):  # type: ignore[no-untyped-def]
        return x + x

    @compiled
    def thrice(x):  # type: ignore[no-untyped-def]
        return twice(x) + x

    first, then = calls_of(lambda: twice(1.0), lambda: (twice(2.0), thrice(1.0), twice(1)))
    assert [(one.python.__name__, args) for one, args in first] == [("twice", (1.0,))]
    assert [(one.python.__name__, args) for one, args in then] == [
        ("thrice", (1.0,)),
        ("twice", (1,)),
    ]


def test_the_first_month_comes_first_and_each_part_from_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lived: list[str] = []

    class Lived:
        def __init__(self, *_: Any) -> None:
            lived.append("made")

        def advance(self) -> None:
            lived.append("a month")

        def run(self) -> None:
            lived.append("the rest")

    def said(*parts: Callable[[], object]) -> list[list[str]]:
        found = []
        for part in parts:
            before = len(lived)
            part()
            found.append(lived[before:])
        return found

    monkeypatch.setattr(sim.model.compile_process, "Simulation", Lived)
    monkeypatch.setattr(sim.model.compile_process, "calls_of", said)
    assert in_order(scenario()) == ["a month", "made", "the rest"]
