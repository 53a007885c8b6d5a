"""Columns: every fact kept about an entity, declared once with unit, meaning, sight and birth.

Storage, views, agents, recorder and reference pages are all derived from these lines.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.core.distributions import Birth, Constant
from sim.core.errors import nearest
from sim.core.sight import Sight

NOTHING = Constant(0)


@dataclass(frozen=True)
class Column:
    """One fact about each row of a table.

    `width` above 1 stores a small vector per row as an array of shape (width, rows).
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    sight: Sight
    birth: Birth = NOTHING
    width: int = 1
    salt: int = 0  # of its random numbers at birth; 0 takes it from the name


class Schema:
    """The columns of one table, and the named tuple of arrays that holds them.

    `record` is a named-tuple class with one array per column: `firms.cash[rows]` reads the same
    in array code and in compiled code.  `over` is set where a mechanism keeps columns of its own
    over the rows of another table: its name, such as "Firms".
    """

    def __init__(self, name: str, *columns: Column, over: str = ""):
        self.name = name
        self.over = over
        self.columns = {column.name: column for column in columns}
        if len(self.columns) != len(columns):
            raise ValueError(f"table {name} declares a column twice")
        module = sys._getframe(1).f_globals["__name__"]
        self.home = module.replace(".", "/") + ".py"
        self.record: Any = namedtuple(name, list(self.columns), module=module)  # type: ignore[misc]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns.values())

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __getitem__(self, name: str) -> Column:
        if name not in self.columns:
            known = ", ".join(self.columns)
            hint = nearest(name, self.columns)
            raise KeyError(f"{self.name} has no column '{name}'; known: {known}{hint}")
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns)

    def __repr__(self) -> str:
        return f"Schema({self.name}, {len(self)} columns)"
