"""Every column of every state table, and who may see it."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

TITLE = (
    "Columns. Sight: FILE is on the bank's file, REPORTED is stated by the firm, SOFT is the soft "
    "information of an officer, HIDDEN is unknown to every bank."
)
COLUMNS = ("table", "name", "unit", "sight", "meaning")
PROSE = ("meaning",)


def rows() -> list[tuple[Any, ...]]:
    """Return one row per column of the tables of the books and of mechanisms."""
    import sim.mechanisms
    import sim.state
    from sim.core.columns import Schema

    found = []
    for package in (sim.state, sim.mechanisms):
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            for schema in vars(module).values():
                # a table is listed where it is declared, not where it is used
                if isinstance(schema, Schema) and schema.record.__module__ == module.__name__:
                    found += [
                        (schema.name, one.name, one.unit, one.sight.name, one.meaning)
                        for one in schema
                    ]
    return found
