"""Groups of agents that are rows: aggregated from the columns, group by group."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from sim.mesa_adapter.parts import AgentSet, GroupBy


class ColumnGroupBy(GroupBy):  # type: ignore[misc]
    """What `groupby` returns: sets of agents, or lists of them, by key."""

    def agg(self, attr_name: str, func: Callable[[Any], Any]) -> dict[Hashable, Any]:
        """Return a function of the attribute's values in each group, by key."""
        return {
            key: group.agg(attr_name, func)
            if isinstance(group, AgentSet)
            else func([getattr(agent, attr_name) for agent in group])
            for key, group in self.groups.items()
        }
