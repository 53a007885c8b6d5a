"""Where a plan file wrote each setting, so that an error names its line and not the machinery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.core.errors import RequestError
from sim.core.shipped import located
from sim.runs.interface import ScenarioLike
from sim.scenario.positions import Document, Key, Place, refusal
from sim.scenario.reading import read_file

POSITIONED = re.compile(r"[^:]+:\d+:\d+: ")


class PlanPlaces:
    """The places of the settings of a plan, by dotted key and value."""

    def __init__(self, document: Document, home: Path):
        self.found: dict[tuple[str, str], Place] = {}
        self.keys: dict[str, Place] = {}
        measures = document.data.get("measures") or {}
        inside = [("measures", name) for name in measures]
        self._note(
            document, [("set",), *inside, *(("sweep", k) for k in ("values", "at", "ranges"))]
        )
        for files in measures.values():
            for file in files if isinstance(files, list) else ():
                self._note(read_file(located(file, "measure", beside=home)), [("overrides",)])

    def _note(self, document: Document, prefixes: Iterable[Key]) -> None:
        for prefix in prefixes:
            for key, marks in document.positions.items():
                if key[: len(prefix)] == prefix and len(key) > len(prefix):
                    words = [part for part in key[len(prefix) :] if isinstance(part, str)]
                    name = ".".join(words)
                    self.found.setdefault((name, repr(_at(document.data, key))), marks.value)
                    self.keys.setdefault(name, marks.value)

    def of(self, settings: Mapping[str, Any]) -> dict[str, Place]:
        """Return where each setting was written."""
        places = {key: self.found.get((key, repr(value))) for key, value in settings.items()}
        return {
            key: place or self.keys[key]
            for key, place in places.items()
            if place is not None or key in self.keys
        }

    def load(self, path: Path, set: Mapping[str, Any] | None = None) -> ScenarioLike:
        """Read a scenario with settings; an error in one is located where the plan wrote it."""
        from sim.scenario.loading import load_scenario

        return load_scenario(path, set=set, places=self.of(set or {}))


def _at(data: Any, key: Key) -> Any:
    for part in key:
        data = data[part]
    return data


@contextmanager
def positioned(place: Place) -> Iterator[None]:
    """Give an error that names no place this one."""
    try:
        yield
    except RequestError as fault:
        if POSITIONED.match(str(fault)):
            raise
        raise refusal(place, str(fault)) from fault
