"""One month under way, as rules read it: the market, the parameters in force, the facts so far.

A rule of a mechanism gets this and nothing else, so what it may depend on is all in one place.
Parameters and facts are found by their class: no names as strings, and a type checker follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sim.core.params import Params
from sim.state.market import Market

P = TypeVar("P", bound=Params)
F = TypeVar("F")


class Month:
    """The month `number` of a market; it writes nothing."""

    def __init__(self, market: Market, number: int, params: Mapping[type, Params]):
        self.market = market
        self.number = number
        self._params = params
        self._facts: dict[type, Any] = {}

    def params(self, kind: type[P]) -> P:
        """Return the parameters of a class; raises `KeyError` where the scenario has none."""
        return self._params[kind]  # type: ignore[return-value]

    def fact(self, kind: type[F]) -> F:
        """Return this month's latest fact of a class; raises `KeyError` before there is one."""
        found: F = self._facts[kind]
        return found

    def found(self, kind: type[F]) -> F | None:
        """Return this month's latest fact of a class, None where there is none."""
        return self._facts.get(kind)

    def note(self, fact: object) -> None:
        """Keep a fact for the rules that follow; it takes the place of an earlier one."""
        self._facts[type(fact)] = fact


def params_by_class(blocks: Iterable[Params]) -> dict[type, Params]:
    """Return every set of parameters within `blocks`, nested ones too, under its classes.

    A class that inherits is found under its base classes as well.
    """
    return {
        kind: params
        for block in blocks
        for params in _within(block)
        for kind in type(params).__mro__
        if issubclass(kind, Params) and kind is not Params
    }


def _within(params: Params) -> Iterator[Params]:
    yield params
    for _, value in params:
        if isinstance(value, Params):
            yield from _within(value)
