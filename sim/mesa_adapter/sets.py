"""Mesa's operations on a set of agents, computed from the columns where possible.

Operations on a named attribute (`get`, `agg`, `set`, `groupby` and `sort` by name, `select` by a
mask) create no agents; a function that is called on agents creates the agents it is called on.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import RequestError, nearest
from sim.mesa_adapter.columns import ColumnAttribute
from sim.mesa_adapter.groups import ColumnGroupBy
from sim.mesa_adapter.row_set import RowSet
from sim.mesa_adapter.rows import UnknownAttributeError


class ColumnAgentSet(RowSet):
    """Agents of one kind as rows of the market's tables."""

    def column(self, name: str) -> NDArray[Any]:
        """Return a column as a fresh array, (n,), or (n, width) for a vector column.

        Raises `UnknownAttributeError` if the agents have no such column.
        """
        return self._known(name).values(self.registry.model.market, self.rows)

    def _known(self, name: str) -> ColumnAttribute:
        columns = self.registry.columns
        if name not in columns:
            who = self.registry.kind.title
            raise UnknownAttributeError(f"a {who} has no column '{name}'{nearest(name, columns)}")
        return columns[name]

    def get(
        self, attr_names: Any, handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """Return an attribute of every agent as a list, or, for a list of names, a list of lists.

        `handle_missing` is "error", or "default" to take `default_value` for unknown names.
        """
        if handle_missing not in ("error", "default"):
            found = f"found {handle_missing!r}"
            raise ValueError(f"handle_missing must be 'error' or 'default'; {found}")
        if isinstance(attr_names, str):
            return self._list(attr_names, handle_missing == "error", default_value)
        lists = [self._list(name, handle_missing == "error", default_value) for name in attr_names]
        return [list(row) for row in zip(*lists, strict=True)] if lists else [[] for _ in self.rows]

    def _list(self, name: str, required: bool, default: Any) -> list[Any]:
        if name in self.registry.columns:
            values = self.column(name)
            return list(values) if values.ndim > 1 else values.tolist()
        if name == "unique_id":
            return self.registry.numbers(self.rows).tolist()
        if hasattr(self.registry.kind, name) or name in ("model", "pos", "row", "registry"):
            return [getattr(agent, name) for agent in self]
        if required:
            self._known(name)
        return [default] * len(self)

    def agg(self, attribute: str, func: Any) -> Any:
        """Return a function of an attribute's values, or a list for several functions.

        The function receives a column as an array, any other attribute as a list.
        """
        known = attribute in self.registry.columns
        values = self.column(attribute) if known else self.get(attribute)
        return func(values) if callable(func) else [one(values) for one in func]

    def set(self, attr_name: str, value: Any) -> Self:
        """Set a column by hand: one value for all agents, or an array with one for each.

        Raises `RequestError` for a column that may not be set, or a value that it cannot take.
        """
        self._known(attr_name).post(self.registry.model.market, self.rows, value)
        return self

    def select(
        self,
        filter_func: Callable[[Any], bool] | NDArray[np.bool_] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[Any] | None = None,
    ) -> Self:
        """Return the set of agents for which a function, or a mask (n,), is true.

        `at_most` limits the number, from the first; a float up to 1.0 is a share of this set.
        """
        if inplace and filter_func is None and agent_type is None and at_most == float("inf"):
            return self
        rows = self.rows
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(rows.size * at_most)
        if agent_type is not None and not issubclass(self.registry.kind, agent_type):
            rows = rows[:0]
        elif filter_func is not None and not callable(filter_func):
            rows = rows[self._mask(filter_func)]
        elif filter_func is not None:
            held = (row for row in rows if filter_func(self.registry.agent(row)))
            most = None if at_most == float("inf") else max(int(np.ceil(at_most)), 0)
            rows = np.fromiter(islice(held, most), np.int64)
        if at_most < rows.size:
            rows = rows[: max(int(np.ceil(at_most)), 0)]
        return self._choose(rows) if inplace else type(self)(self.registry, rows)

    def _mask(self, given: Any) -> NDArray[np.bool_]:
        mask = np.asarray(given)
        if mask.dtype != bool or mask.shape != (len(self),):
            wanted = f"a function or a mask of {len(self)} booleans"
            raise RequestError(f"select takes {wanted}; found {mask.dtype} {mask.shape}")
        return mask

    def sort(
        self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> Self:
        """Return the agents in the order of an attribute or a function; ties keep their order."""
        by_name = isinstance(key, str)
        values = self.get(key) if by_name else [key(agent) for agent in self]  # type: ignore[operator]
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        rows = self.rows[np.array(order, np.int64)]
        return self._choose(rows) if inplace else type(self)(self.registry, rows)

    def groupby(
        self, by: Callable[[Any], Any] | str, result_type: str = "agentset"
    ) -> ColumnGroupBy:
        """Return the agents grouped by an attribute or a function, as sets or as lists."""
        keys = self.get(by) if isinstance(by, str) else [by(agent) for agent in self]
        places: dict[Any, list[int]] = {}
        for row, key in zip(self.rows.tolist(), keys, strict=True):
            places.setdefault(key, []).append(row)
        groups = {key: type(self)(self.registry, np.array(rows)) for key, rows in places.items()}
        if result_type != "agentset":
            return ColumnGroupBy({key: list(group) for key, group in groups.items()})
        return ColumnGroupBy(groups)
