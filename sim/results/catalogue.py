"""The tables of a folder: every function in `sim/results/tables` that is marked as a table.

A new table is one file there: a function from a folder to a `Table`, marked with its place.  The
screen, the page and the files in `tables/` then show it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeVar, get_args

from sim.results.folder import Results
from sim.results.table import Table

Place = Literal[
    "outcomes", "cost", "details", "verdicts", "short", "assumptions", "versions", "beside"
]  # beside: next to the figure of the same name
PLACES: tuple[Place, ...] = get_args(Place)
Made = Table | Iterable[Table] | None
Make = TypeVar("Make", bound=Callable[[Results], Made])


class Entry(NamedTuple):
    """A function that makes tables, the section in which they stand, and their order there."""

    make: Callable[[Results], Made]
    place: Place
    order: int


ENTRIES: list[Entry] = []


def table(place: Place, order: int = 100) -> Callable[[Make], Make]:
    """Mark a function as a table of a section; those with a low `order` come first.

    The function returns one table, several, or None where the folder has no such numbers.
    """

    def marked(make: Make) -> Make:
        ENTRIES.append(Entry(make, place, order))
        return make

    return marked


def tables_of(results: Results) -> dict[Place, list[Table]]:
    """Return all tables of a folder, by section; raises `ValueError` if two share a name."""
    home = importlib.import_module("sim.results.tables")
    for info in pkgutil.iter_modules(home.__path__):
        importlib.import_module(f"{home.__name__}.{info.name}")
    found: dict[Place, list[Table]] = {place: [] for place in PLACES}
    for entry in sorted(ENTRIES, key=lambda one: (one.order, one.make.__module__)):
        made = entry.make(results)
        found[entry.place] += [made] if isinstance(made, Table) else made or []
    names = Counter(one.name for tables in found.values() for one in tables)
    if twice := [name for name, count in names.items() if count > 1]:
        raise ValueError(f"two tables are called '{twice[0]}'; a table's name is its file name")
    return found
