"""Reference lists generated from the declarations: one file per list, found by name.

A list is a module with `TITLE`, `COLUMNS`, `PROSE` (the columns that are prose) and `rows()`, which
returns one tuple of cells per entry.  `SECTION` may name a column that splits the docs page into
sections.  To add a list, add a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any, Protocol, cast

from sim.core.errors import RequestError, nearest


class Listing(Protocol):
    """A module of this package."""

    __name__: str
    TITLE: str
    COLUMNS: Sequence[str]
    PROSE: Sequence[str]

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one tuple of cells per entry."""


def names() -> list[str]:
    """Return the names of all lists."""
    return [info.name for info in pkgutil.iter_modules(__path__)]


def listing(name: str) -> Listing:
    """Return a list by name; raise `RequestError` with the nearest name."""
    known = names()
    if name not in known:
        raise RequestError(
            f"no list called '{name}'{nearest(name, known)}; known: {', '.join(known)}"
        )
    return cast(Listing, importlib.import_module(f"{__name__}.{name}"))
