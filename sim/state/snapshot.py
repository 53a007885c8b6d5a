"""A snapshot: all that a market holds, as plain arrays by name, and a market filled from them.

The arrays are copies and hold no addresses, so they can be kept, written to a file, and put into
another market with the same firms and banks.  Seats are laid out again for the other market: its
banks may employ more or fewer officers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Schema
from sim.state.firms import FIRMS
from sim.state.market import Market, Outcomes
from sim.state.officers import OFFICERS
from sim.state.post.entering import officers_born, own_begun
from sim.state.post.live_loans import refresh_live

Array = NDArray[Any]
Arrays = Mapping[str, Array]
CASH = "Cohorts.cash"


def columns_out(market: Market) -> dict[str, Array]:
    """Return a copy of every column by the name of its table and its own, and of all else.

    What can be worked out from these, such as the list of live loans, is left out.
    """
    arrays = {name: column.copy() for name, _, column in _columns(market)}
    arrays[CASH] = market.tables.cohorts.cash.copy()
    ended = gathered(market.outcomes)
    return arrays | {f"Outcomes.{name}": getattr(ended, name) for name in Outcomes._fields}


def columns_in(market: Market, arrays: Arrays, seats: int, firms: Any, labour: Any) -> None:
    """Fill an empty market, whose `month` and `first_month` are set, with the columns of another.

    `seats` is how many each bank had there; `firms` and `labour` are the parameters of the
    population and of officers when the first month began.  A seat that was not there is as one
    without work so far.  A mechanism's own table that had no rows there, since it was off, begins
    as it would have been left.  Raises `ValueError` where an array is missing or of another shape
    or type.
    """
    market.quality_weights, market.quality_kept = firms.weights, firms.quality_kept
    if market.seats > seats:
        _empty_seats(market, seats, labour)
    begun: list[Schema[Any]] = []
    for name, schema, column in _columns(market):
        found = _array(arrays, name)
        if schema.over and not (found.size and column.size):
            begun += [schema] * (schema.over == FIRMS.name and column.size > 0)
            continue
        if schema is OFFICERS or schema.over == OFFICERS.name:
            kept = min(seats, market.seats)
            column, found = _by_seat(column, market.seats), _by_seat(found, seats)
            column, found = column[..., :kept], found[..., :kept]
        if column.shape != found.shape or column.dtype != found.dtype:
            raise ValueError(f"{name} has shape {found.shape} of {found.dtype}")
        column[...] = found
    for schema in dict.fromkeys(begun):
        own_begun(market, schema, np.arange(market.slots), firms)
    market.tables.cohorts.cash = _array(arrays, CASH).copy()
    ended = Outcomes(*(_array(arrays, f"Outcomes.{name}").copy() for name in Outcomes._fields))
    market.outcomes[:] = [ended] if ended.book.size else []
    refresh_live(market)


def gathered(outcomes: list[Outcomes]) -> Outcomes:
    """Join the shadow loans that ended in all months."""
    if not outcomes:
        none = np.zeros(0, bool)
        return Outcomes(np.zeros(0, np.int64), np.zeros(0), none, none, none, none)
    return Outcomes(*(np.concatenate(field) for field in zip(*outcomes, strict=True)))


def table_name(schema: Schema[Any]) -> str:
    """Return the name of a table in a snapshot; that of a mechanism's own begins with its file."""
    return f"{schema.record.__module__}.{schema.name}" if schema.over else schema.name


def _columns(market: Market) -> Iterator[tuple[str, Schema[Any], Array]]:
    """Yield each column to be written, with its name in a snapshot and its table."""
    for schema in market.schemas:
        face = market.writable(schema)
        for column in schema:
            yield f"{table_name(schema)}.{column.name}", schema, getattr(face, column.name)


def _array(arrays: Arrays, name: str) -> Array:
    if name not in arrays:
        raise ValueError(f"there is no {name}")
    return arrays[name]


def _by_seat(column: Array, seats: int) -> Array:
    """Return a view of a column of officers with one more axis, the seat."""
    return column.reshape(*column.shape[:-1], -1, seats)


def _empty_seats(market: Market, known: int, labour: Any) -> None:
    """Put into the seats beyond the `known` ones whom they had when the first month began."""
    month, begun = market.month, market.first_month - 1
    rows = np.flatnonzero(np.arange(market.officers.key.size) % market.seats >= known)
    market.month = begun
    officers_born(market, rows, labour)
    market.month = month
    market.tables.officers.experience[rows] += month - begun
