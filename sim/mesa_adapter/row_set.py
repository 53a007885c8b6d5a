"""The members of a set of agents that are rows, and their order.

Mesa's sets hold the agents themselves.  This one holds their rows, so it creates an agent only
when that agent is accessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, Self

import numpy as np

from sim.core.arrays import Rows
from sim.core.errors import RequestError
from sim.mesa_adapter.agent_registry import AgentRegistry
from sim.mesa_adapter.parts import Agent, AgentSet
from sim.mesa_adapter.rows import RowAgent


class RowSet(AgentSet):  # type: ignore[misc]
    """Agents of one kind, in a given order.

    Without `rows` the set is all agents present at the time of each call.  With `rows` it is the
    present occupants of these rows; an agent that leaves the model also leaves the set, as an
    agent leaves Mesa's sets when it is removed.
    """

    def __init__(self, registry: AgentRegistry, rows: Rows | None = None):
        self.registry = registry
        self.random = registry.model.random
        self._chosen: Rows | None = None
        if rows is not None:
            self._choose(np.asarray(rows, np.int64))

    def _choose(self, rows: Rows) -> Self:
        self._chosen = rows
        self._as_generation = self.registry.home.generation[rows]
        return self

    @property
    def rows(self) -> Rows:
        """Rows of the agents, in the order of the set, shape (n,)."""
        if self._chosen is None:
            return self.registry.present
        rows: Rows = self._chosen[self.registry.still_present(self._chosen, self._as_generation)]
        return rows

    @property
    def _agents(self) -> dict[Agent, None]:  # where Mesa keeps the agents of a set
        return dict.fromkeys(self)

    def __len__(self) -> int:
        return self.rows.size

    def __iter__(self) -> Iterator[Any]:
        return map(self.registry.agent, self.rows.tolist())

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, RowAgent) or agent.registry is not self.registry or agent.gone:
            return False
        return self._chosen is None or bool(np.any(self.rows == agent.row))

    def __getitem__(self, item: int | slice) -> Any:
        chosen = self.rows.tolist()[item]
        agent = self.registry.agent
        return [*map(agent, chosen)] if isinstance(item, slice) else agent(chosen)

    def to_list(self) -> list[Any]:
        """Return the agents as a list."""
        return list(self)

    def copy(self) -> Self:
        """Return a new set with the present agents of this one."""
        return type(self)(self.registry, self.rows)

    __copy__ = copy

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> AgentSet:  # for &, |, - and ^
        agents = list(it)
        return AgentSet(agents, agents[0].model.random if agents else Random(0))

    def _update(self, agents: Iterable[Any]) -> Self:
        return self._choose(np.array([self._row_of(agent) for agent in agents], np.int64))

    def _row_of(self, agent: Any) -> int:
        if not isinstance(agent, RowAgent) or agent.registry is not self.registry:
            raise RequestError(f"{agent!r} is not a {self.registry.kind.title} of this model")
        return agent.present_row()

    def add(self, agent: Any) -> None:
        """Add an agent of the same kind to this set."""
        row = self._row_of(agent)
        if row not in self.rows:
            self._choose(np.append(self.rows, row))

    def discard(self, agent: Any) -> None:
        """Remove an agent from this set if it is a member; it stays in the model."""
        if agent in self:
            self._choose(self.rows[self.rows != agent.row])

    def remove(self, agent: Any) -> None:
        """Remove an agent from this set; raise KeyError if it is not a member."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def shuffle(self, inplace: bool = False) -> Self:
        """Return the agents in random order, drawn by the model's `random`."""
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        chosen = np.array(rows, np.int64)
        return self._choose(chosen) if inplace else type(self)(self.registry, chosen)

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, by name, or a function on every agent."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method or a function on every agent in random order (the model's `random`)."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a method, by name, or a function returns for every agent."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]
