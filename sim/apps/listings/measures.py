"""Every measure below `scenarios/` of the working folder, else those shipped, and their keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TITLE = "Measures, and the keys whose final values they set."
COLUMNS = ("measure", "file", "title", "thesis", "statements", "package", "keys")
PROSE = ("title", "thesis", "keys")


def rows() -> list[tuple[Any, ...]]:
    """Return one row per file in a folder `measures`; raises `RequestError` for an invalid one."""
    from sim.core.shipped import named, root
    from sim.scenario.measure import load_measure

    found = []
    own = sorted(Path("scenarios").rglob("measures/*.yaml"))
    for path in own or named("measure").values():
        measure = load_measure(path)
        declared = measure.content
        statements, keys = ", ".join(declared.statements), ", ".join(measure.keys)
        titles = declared.title, declared.thesis
        file = str(path) if own else path.relative_to(root()).as_posix()
        found.append((measure.name, file, *titles, statements, declared.package, keys))
    return found
