"""Views: what one observer may see of some rows.

A policy receives a view and nothing else.  Reading more than the observer's sight allows is an
error that says which columns may be read and where the column's sight is declared.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.core.arrays import Bools, Rows
from sim.core.columns import Column, Schema
from sim.core.errors import SightError, nearest
from sim.core.sight import Sight


class View:
    """Columns of tables that share their rows, limited to `rows` and to what `sight` allows.

    Reading an attribute gives a new array, shape (n,) or (width, n).  A column name that several of
    the tables have needs the table's name too, as in `loans_pd`, since it would be ambiguous.
    """

    def __init__(
        self,
        observer: str,
        sight: Sight,
        rows: Rows,
        *faces: tuple[Schema[Any], Any],
    ):
        self._observer = observer
        self._sight = sight
        self._faces: Sequence[tuple[Schema[Any], Any]] = faces
        self._columns = _names(tuple([schema for schema, _ in faces]))
        self.rows = rows  # (n,)

    def __len__(self) -> int:
        return len(self.rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        table, column = self._columns.get(name, (-1, None))
        if column is None or column.sight > self._sight:
            raise SightError(self._why_not(name))
        value = getattr(self._faces[table][1], column.name)[..., self.rows]
        self.__dict__[name] = value
        return value

    def _why_not(self, name: str) -> str:
        schemas = [schema for schema, _ in self._faces]
        owners = [schema for schema in schemas if name in schema]
        if len(owners) > 1:
            full = " or ".join(f"'{full_name(schema, name)}'" for schema in owners)
            return f"'{name}' is in several tables: use {full}"
        table, column = self._columns.get(name, (-1, None))
        known = self.known()
        if column is None:
            listed = f"{', '.join(known)}{nearest(name, known)}"
            return f"{self._observer} sees no column '{name}'; it sees: {listed}"
        return (
            f"'{name}' is {column.sight.name}, but {self._observer} sees only up to "
            f"{self._sight.name}: {', '.join(known)}; "
            f"its sight is declared in {schemas[table].home}"
        )

    def known(self) -> list[str]:
        """Return the names of the columns that this observer may read."""
        names = Counter(column.name for schema, _ in self._faces for column in schema)
        return [
            column.name if names[column.name] == 1 else full_name(schema, column.name)
            for schema, _ in self._faces
            for column in schema
            if column.sight <= self._sight
        ]

    def only(self, mask: Bools) -> View:
        """Return the view of the rows where `mask` holds, for the same observer."""
        return View(self._observer, self._sight, self.rows[mask], *self._faces)


@functools.cache
def _names(schemas: tuple[Schema[Any], ...]) -> dict[str, tuple[int, Column]]:
    """Return the table and column of each unambiguous name."""
    names = Counter(column.name for schema in schemas for column in schema)
    plain, full = {}, {}
    for table, schema in enumerate(schemas):
        for column in schema:
            full[full_name(schema, column.name)] = (table, column)
            if names[column.name] == 1:
                plain[column.name] = (table, column)
    return full | plain


def full_name(schema: Schema[Any], column: str) -> str:
    """Return the name of a column with its table, as in `loans_pd`, unique among tables."""
    return f"{schema.name.lower()}_{column}"
