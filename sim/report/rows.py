"""Iteration over a table's rows, each with its columns as attributes, for drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows in order."""
    return iter(frame.itertuples(index=False))
