"""Places: where in a column compiled code reads and writes.

A signed number may be below zero, and then counts from the end; compiled code asks at every read
whether it is.  A place is never below zero, so nothing is asked, and the processor can do several
rows at a time.
"""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled


@compiled
def unsigned(number):  # type: ignore[no-untyped-def]
    """Return a number, never below zero, as a place; to compute with it, keep the number itself."""
    return np.uint64(number)


@compiled
def rows_where(flags):  # type: ignore[no-untyped-def]
    """Return the rows at which `flags` (n,) are true, ascending.

    Each row is written down and kept only if it counts: the processor need not guess which do.
    """
    rows, n = np.empty(flags.size, np.int64), 0
    for i in range(flags.size):
        rows[unsigned(n)] = i
        n += flags[i]
    return rows[:n].copy()


@compiled
def values_at(column, rows):  # type: ignore[no-untyped-def]
    """Return what a column holds at `rows` (n,), (n,)."""
    values = np.empty(rows.size, column.dtype)
    for k in range(rows.size):
        values[k] = column[unsigned(rows[k])]
    return values


@compiled
def put(column, rows, values):  # type: ignore[no-untyped-def]
    """Write `values` (n,) at `rows` (n,) of a column: one column after the other is fastest."""
    for k in range(rows.size):
        column[unsigned(rows[k])] = values[k]


@compiled
def fill(column, rows, value):  # type: ignore[no-untyped-def]
    """Write one value at `rows` (n,) of a column."""
    for k in range(rows.size):
        column[unsigned(rows[k])] = value


@compiled
def carry_over(column, other, rows):  # type: ignore[no-untyped-def]
    """Write what an `other` column holds at `rows` (n,) into a column, at the same rows."""
    for k in range(rows.size):
        column[unsigned(rows[k])] = other[unsigned(rows[k])]
