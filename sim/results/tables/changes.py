"""The values that each measure or further arm changes."""

from __future__ import annotations

from typing import Any

from sim.core.names import BASE
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.quantities import quantity
from sim.results.table import NONE, Block, Cell, Column, Table, words
from sim.results.values import Value, values_of

OWN = "the bank's own value"


@table("assumptions", 10)
def changes(results: Results) -> Table | None:
    """Return the values that each measure or other arm changes, before and after."""
    base = results.manifest.arms.get(BASE if results.kind == "study" else results.arms[0])
    before = values_of(base.scenario) if base else None
    if before is None:
        return None
    was = {value.key: value for value in before}
    several = bool(results.banks)
    blocks = [
        Block(results.title_of(name), rows)
        for name, keys in _changes(results, was).items()
        if (rows := [_row(key, was.get(key), now, several) for key, now in keys.items()])
    ]
    if not blocks:
        return None
    return Table(
        "changes",
        f"Values changed by each {'measure' if results.kind == 'study' else 'scenario'}",
        (Column("Parameter"), Column("Before"), Column("After")),
        blocks,
        "Values are assumed unless the files of the measures say otherwise.",
    )


def _changes(results: Results, was: dict[str, Value]) -> dict[str, dict[str, Any]]:
    """Return, for each measure or arm, the dotted keys that it changes and their new values."""
    if results.kind == "study":
        measures = results.study.get("measures", {})
        arms = results.study.get("arms", {})
        found = {name: dict(one["keys"]) for name, one in measures.items()}
        return found | {name: dict(one["set"]) for name, one in arms.items() if one["set"]}
    changed: dict[str, dict[str, Any]] = {}
    for name in results.arms[1:]:
        values = values_of(results.manifest.arms[name].scenario) or []
        changed[name] = {
            value.key: value
            for value in values
            if value.key not in was or was[value.key].value != value.value
        }
    return changed


def _row(key: str, before: Value | None, now: Any, several: bool) -> list[Cell]:
    """Return the cells of one change; `now` is a value, or a plain number from a measure's file."""
    known = now if isinstance(now, Value) else before
    after = now.value if isinstance(now, Value) else now
    what = f"{known.place}: {known.meaning}" if known else key.replace("_", " ")
    unit = known.unit if known else ""
    old = quantity(before.value, unit) if before else NONE
    return [words(what), words(OWN if several else old), words(quantity(after, unit))]
