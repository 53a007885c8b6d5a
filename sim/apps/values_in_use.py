"""The values of a scenario with all that it extends, as a list like those of `describe`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.apps.yaml_values import as_yaml
from sim.core.errors import RequestError
from sim.core.params import GRADES

COLUMNS = ("key", "value", "default", "unit", "meaning", "grade", "source")


@dataclass
class ValuesInUse:
    """A list of one row per value, as `sim.apps.listings.Listing` asks."""

    TITLE: str
    found: list[tuple[Any, ...]]
    COLUMNS: Sequence[str] = COLUMNS
    PROSE: Sequence[str] = ("unit", "meaning", "source")
    __name__: str = "values"

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row per value, in the order of a scenario file."""
        return self.found


def values_in_use(path: str | os.PathLike[str]) -> ValuesInUse:
    """Return every value of a scenario, a file or a name; raises `RequestError` if it is wrong.

    Grade and source are those of the default, so they stand only where the value is the default.
    """
    from sim.analysis.experiments.loading import is_experiment
    from sim.core.shipped import EXPERIMENT_KINDS, located
    from sim.results.values import values_of
    from sim.scenario.loading import load_scenario
    from sim.scenario.reading import read_file

    file = located(path, "scenario", "measure", *EXPERIMENT_KINDS)
    document = read_file(file)
    if is_experiment(document):
        kind = document.data.get("kind")
        what = f"an experiment of kind {kind}" if isinstance(kind, str) else "an experiment"
        raise RequestError(f"{file}: this is {what}, not a scenario; name the base that it uses")
    scenario = load_scenario(file)
    values = values_of(scenario.model_dump(mode="json")) or []
    rows = [
        (
            one.key, as_yaml(one.value), "" if not one.is_own else as_yaml(one.usual), one.unit,
            one.meaning, *_origin(one.is_own, one.grade, one.source),
        )
        for one in values
    ]  # fmt: skip
    own = sum(one.is_own for one in values)
    title = (
        f"Values of {scenario.name}: {len(values):,}, of which {own:,} are set in its file or in "
        "those that it extends; a default stands beside each of these."
    )
    return ValuesInUse(title, rows)


def _origin(own: bool, grade: str, source: str) -> tuple[str, str]:
    if own:
        return "", "set in the scenario's files"
    return (f"{grade} {GRADES[grade].split(',')[0]}" if grade else ""), source
