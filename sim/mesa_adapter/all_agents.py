"""All agents of a model as one Mesa agent set: the agent objects, and those that are rows.

Every call is passed on to the sets that it consists of, each of which handles it in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import chain
from math import ceil
from operator import attrgetter
from random import Random
from typing import Any, Self

from sim.core.errors import RequestError
from sim.mesa_adapter.groups import ColumnGroupBy
from sim.mesa_adapter.parts import Agent, AgentSet


class AllAgentSet(AgentSet):  # type: ignore[misc]
    """Agents of several kinds, one set per kind."""

    def __init__(self, parts: Sequence[Any], random: Random):
        self.parts = list(parts)
        self.random = random

    @property
    def _agents(self) -> dict[Agent, None]:  # where Mesa keeps the agents of a set
        return dict.fromkeys(self)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self.parts)

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self.parts)

    def __getitem__(self, item: int | slice) -> Any:
        return list(self)[item]

    def to_list(self) -> list[Any]:
        """Return the agents as a list."""
        return list(self)

    def __copy__(self) -> Self:
        return type(self)([copy(part) for part in self.parts], self.random)

    def copy(self) -> Self:
        """Return a new set with the present agents of this one."""
        return copy(self)

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
    ) -> Self:
        """Return the set of agents for which a function is true; see `ColumnAgentSet.select`."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        elif at_most != float("inf"):
            at_most = ceil(at_most)
        chosen = []
        for part in self.parts:
            chosen.append(part.select(filter_func, at_most, agent_type=agent_type))
            at_most -= len(chosen[-1])
        return self._become(chosen) if inplace else type(self)(chosen, self.random)

    def _become(self, parts: Sequence[Any]) -> Self:
        self.parts = list(parts)
        return self

    def _ordered(self, agents: list[Any], inplace: bool) -> Any:
        ordered = AgentSet(agents, self.random)
        return self._become([ordered]) if inplace else ordered

    def shuffle(self, inplace: bool = False) -> Any:
        """Return all agents in random order, drawn by the model's `random`; creates every agent."""
        agents = list(self)
        self.random.shuffle(agents)
        return self._ordered(agents, inplace)

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> Any:
        """Return all agents in the order of an attribute or a function; creates every agent."""
        by = attrgetter(key) if isinstance(key, str) else key
        return self._ordered(sorted(self, key=by, reverse=not ascending), inplace)

    def get(
        self, attr_names: Any, handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Return an attribute of every agent, or several; see `ColumnAgentSet.get`."""
        got = (part.get(attr_names, handle_missing, default_value) for part in self.parts)
        return list(chain.from_iterable(got))

    def set(self, attr_name: str, value: Any) -> Self:
        """Set an attribute of every agent; see `ColumnAgentSet.set`."""
        for part in self.parts:
            part.set(attr_name, value)
        return self

    def groupby(
        self, by: Callable[[Any], Any] | str, result_type: str = "agentset"
    ) -> ColumnGroupBy:
        """Return the agents grouped by an attribute or a function, as sets or as lists."""
        groups: dict[Any, list[Any]] = {}
        for part in self.parts:
            for key, group in part.groupby(by):
                groups.setdefault(key, []).append(group)
        if result_type != "agentset":
            return ColumnGroupBy({key: list(chain(*parts)) for key, parts in groups.items()})
        return ColumnGroupBy({key: type(self)(parts, self.random) for key, parts in groups.items()})

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, by name, or a function on every agent; creates every agent."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method or a function on every agent in random order; creates every agent."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a method, by name, or a function returns for every agent."""
        return [*chain.from_iterable(part.map(method, *args, **kwargs) for part in self.parts)]

    def add(self, agent: Any) -> None:
        """Raise `RequestError`: only the model adds and removes agents."""
        raise RequestError("only the model adds and removes agents; use select() to form a set")

    discard = remove = add
