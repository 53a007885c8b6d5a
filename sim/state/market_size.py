"""The size of a market: how many rows and bytes its tables take, known before any is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.core.columns import Schema
from sim.state.applications import APPLICATIONS
from sim.state.books import BOOKS
from sim.state.economy import ECONOMY
from sim.state.firms import FIRMS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.officers import OFFICERS
from sim.state.relations import RELATIONS
from sim.state.shadows import SHADOWS


def rows_by_table(
    runs: int,
    firms_per_run: int,
    banks: int,
    seats: int,
    banks_asked: int = 1,
    own: Sequence[Schema[Any]] = (),
) -> dict[Schema[Any], int]:
    """Return the rows of each table of a market; `own` are those of mechanisms, over others."""
    slots, books = runs * firms_per_run, runs * (banks + 1)
    rows: dict[Schema[Any], int] = {
        FIRMS: slots,
        APPLICATIONS: slots * (banks if banks_asked > 1 else 1),
        LOANS: slots,
        OFFICERS: runs * banks * seats,
        BOOKS: books,
        LEDGER: books,
        ECONOMY: runs,
        RELATIONS: slots * banks,
        SHADOWS: slots,
    }
    by_name = {schema.name: count for schema, count in rows.items()}
    return rows | {schema: by_name[schema.over] for schema in own}


def bytes_of(rows: Mapping[Schema[Any], int]) -> int:
    """Return the bytes of tables with these numbers of rows."""
    return sum(
        count * sum(np.dtype(column.dtype).itemsize * column.width for column in schema)
        for schema, count in rows.items()
    )
