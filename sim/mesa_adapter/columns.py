"""Columns as attributes of agents: read from the tables on access, set by hand on assignment.

The declarations of the columns give the attributes their names, meanings and units, so a new
column of a firm becomes an attribute of `Firm` automatically.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Column, Schema
from sim.state.market import Market
from sim.state.post.by_hand import set_value

T = TypeVar("T", bound=type)


class ColumnAttribute:
    """One column of one of the market's tables, as an attribute of the agent of a row.

    The agent's `present_row()` gives the row.
    """

    def __init__(self, table: str, column: Column):
        self.table = table
        self.column = column
        self.__doc__ = f"{column.meaning} [{column.unit}]"

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        market, row = agent.model.market, agent.present_row()
        if self.table == "applications":
            row = market.request_rows(np.array([row]))[0]
        value = self._array(market)[..., row]
        return value.copy() if self.column.width > 1 else value.item()

    def __set__(self, agent: Any, value: Any) -> None:
        self.post(agent.model.market, np.array([agent.present_row()]), value)

    def values(self, market: Market, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Return a fresh array with one value per row, (n,), or (n, width) for a vector column."""
        if self.table == "applications":
            rows = market.request_rows(rows)
        return self._array(market)[..., rows].T

    def post(self, market: Market, rows: NDArray[np.int64], value: Any) -> None:
        """Set the column in some rows: one value for all, or an array with one for each.

        For a vector column that is an array (width,) or (n, width).
        """
        if self.column.width > 1 and np.ndim(value):
            value = np.atleast_2d(value).T
        set_value(market, self.table, self.column.name, rows, value)

    def _array(self, market: Market) -> Any:
        return getattr(getattr(market, self.table), self.column.name)


def with_columns(**tables: Schema[Any]) -> Callable[[T], T]:
    """Give a class of agents an attribute for every column of some tables that share their rows.

    A name that an earlier table already uses gets its table's name in front: `application_lender`.
    """

    def decorate(kind: T) -> T:
        columns: dict[str, ColumnAttribute] = {}
        for table, schema in tables.items():
            for column in schema:
                taken = column.name in columns
                name = f"{table.removesuffix('s')}_{column.name}" if taken else column.name
                if hasattr(kind, name):
                    raise TypeError(f"{kind.__name__} has a '{name}' other than {table}.{name}")
                columns[name] = ColumnAttribute(table, column)
        for name, attribute in columns.items():
            setattr(kind, name, attribute)
        kind.columns = columns  # type: ignore[attr-defined]
        return kind

    return decorate
