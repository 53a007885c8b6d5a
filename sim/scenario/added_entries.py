"""An entry that a setting adds to a mapping of names: perhaps a misspelt name of one that is there.

`--set banks.mian.pricing.margin=0.02` adds a bank `mian`, of which everything else is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import BaseModel

from sim.core.errors import nearest
from sim.scenario.positions import Key, Positions, dotted, shown
from sim.scenario.tracing import Declared
from sim.scenario.wording import listed


def added_entry(
    model: type[BaseModel], data: Any, key: Key, positions: Positions
) -> tuple[Key, str] | None:
    """Return the entry around a key that a setting has added, and what to say of its name.

    None where no setting has, and where the mapping had no entry before.
    """
    declared, inside = Declared(model), data
    for depth, part in enumerate(key):
        kind = get_origin(declared.bare().annotation)
        entry = key[: depth + 1]
        if isinstance(kind, type) and issubclass(kind, Mapping) and _is_set(entry, positions):
            known = [name for name in inside if not _is_set((*key[:depth], name), positions)]
            if not known:
                return None
            hint = nearest(str(part), known) or f"; there is {listed(known)}"
            where = dotted(key[:depth])
            return entry, f"{where} has no {shown(part)}{hint}; a new one must state its kinds"
        if not isinstance(inside, dict) or part not in inside:
            return None
        declared, inside = declared.inner(part), inside[part]
    return None


def _is_set(key: Key, positions: Positions) -> bool:
    """Return whether a setting, and no file, has made a key."""
    marks = positions.get(key)
    return marks is not None and not marks.key.line
