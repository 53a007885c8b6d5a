"""Columns: every fact kept about an entity, declared once with unit, meaning, sight and birth.

A table is a class, so an editor completes its columns and leads to their declarations.  Storage,
views, agents, recorder and reference pages are all derived from these lines.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sim.core.distributions import Birth, Constant
from sim.core.errors import nearest
from sim.core.sight import Sight

NOTHING = Constant(0)
T = TypeVar("T")


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


def column(
    dtype: str,
    unit: str,
    meaning: str,
    sight: Sight,
    birth: Birth = NOTHING,
    *,
    width: int = 1,
    salt: int = 0,
) -> Any:
    """Declare one column of a table, named by the attribute of the class that it is assigned to.

    The attribute is annotated with the array that `dtype` makes, by its name in `core.arrays`.
    """
    return Column("", dtype, unit, meaning, sight, birth, width, salt)


class Schema(Generic[T]):
    """The columns of one table, and the named tuple of arrays that holds them.

    `record` is the class that declares the table: a named tuple with one array per column, so
    `firms.cash[rows]` reads the same in array code and in compiled code, and a type checker knows
    what it is.  `over` is set where a mechanism keeps columns of its own over the rows of another
    table: its name, such as "Firms".
    """

    def __init__(self, record: type[T], over: str = ""):
        self.record = record
        self.name = record.__name__
        self.over = over
        self.home = record.__module__.replace(".", "/") + ".py"
        self.columns = {column.name: column for column in _declared(record)}
        for column in self:
            getattr(record, column.name).__doc__ = f"{column.meaning} [{column.unit}]"

    @staticmethod
    def of(name: str, *columns: Column, over: str = "") -> Schema[Any]:
        """Return the schema of columns that are known only at run time; it has no typed class."""
        names = [column.name for column in columns]
        if len(set(names)) != len(names):
            raise ValueError(f"table {name} declares a column twice")
        module = sys._getframe(1).f_globals["__name__"]
        return Schema(
            namedtuple(name, names, defaults=columns, module=module),
            over,
        )

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


def _declared(record: Any) -> Iterator[Column]:
    """Yield the columns that a class declares, in their order, each with its name."""
    for name, value in vars(record).items():
        if isinstance(value, Column):
            raise TypeError(f"{record.__name__}.{name} has no annotation")
    for name in record._fields:
        declared = record._field_defaults.get(name)
        if not isinstance(declared, Column):
            raise TypeError(f"{record.__name__}.{name} is not declared by column(...)")
        yield replace(declared, name=name)
