"""Every measure below `scenarios/` of the working folder, and the keys that it sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TITLE = "Measures below scenarios/, and the keys whose final values they set."
COLUMNS = ("measure", "file", "title", "thesis", "statements", "package", "keys")
PROSE = ("title", "thesis", "keys")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per file in a folder `measures`; raises `RequestError` for an invalid one."""
    from sim.scenario.measure import load_measure

    found = []
    for path in sorted(Path("scenarios").rglob("measures/*.yaml")):
        measure = load_measure(path)
        declared = measure.content
        statements, keys = ", ".join(declared.statements), ", ".join(measure.keys)
        titles = declared.title, declared.thesis
        found.append((measure.name, str(path), *titles, statements, declared.package, keys))
    return found
