"""A plan: arms (named scenarios) that are all run on the same seeds.

The seeds are common because arms are compared in pairs, seed by seed.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.core.names import as_given, name_fault
from sim.core.shipped import located
from sim.runs.interface import Load, ScenarioLike
from sim.runs.seeds import read_seeds
from sim.scenario.arguments import size_fault

if TYPE_CHECKING:
    from sim.runs.sweep import Sweep

# returns the scenario of a file, a variant and a point, and the keys chosen in it
Build = Callable[[Path, str, str], tuple[ScenarioLike, Mapping[str, object]]]


@dataclass(frozen=True)
class Plan:
    """What is to be run: every arm on every seed.

    `chosen` gives for an arm the keys that a measure or a sweep has set, so that results can be
    related to them.  `later` says of a name whether a later step of the same experiment may ask for
    this arm: its folder may then hold it already, and more seeds, when the experiment is repeated.
    `stage` says in words which step it is, for the progress.
    """

    arms: Mapping[str, ScenarioLike]
    seeds: tuple[int, ...]
    chosen: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    later: Callable[[str], bool] | None = None
    stage: str = ""

    def __post_init__(self) -> None:
        given: object = self.arms
        if not isinstance(given, Mapping):
            raise RequestError(
                f"arms: give a mapping of names to scenarios; found {as_given(given)}"
            )
        for name, scenario in given.items():
            if not hasattr(scenario, "model_dump"):
                raise RequestError(f"arm '{name}': give a scenario; found {as_given(scenario)}")
        if not self.arms:
            raise RequestError("this plan has no arm; give at least one scenario")
        object.__setattr__(self, "seeds", read_seeds(self.seeds))
        refuse_size(len(self.arms), self.seeds)

    @property
    def runs(self) -> int:
        """Return the number of runs, one per arm and seed."""
        return len(self.arms) * len(self.seeds)


def plan_of(given: object) -> Plan:
    """Return a plan as given; raises `RequestError` for anything else."""
    if isinstance(given, Plan):
        return given
    raise RequestError(f"give a plan, as `make_plan` returns it; found {as_given(given)}")


def make_plan(
    scenarios: str | Path | Iterable[str | Path],
    seeds: int | str | Iterable[int] = 1,
    *,
    set: Mapping[str, object] | None = None,
    measures: Mapping[str, Mapping[str, object]] | None = None,
    sweep: Sweep | None = None,
    load: Load | None = None,
) -> Plan:
    """Build the plan of scenario files × measures × points of a sweep.

    A scenario is a path or a name, and one alone is a list of one.  `seeds` is a number n for seeds
    1 to n (also as text), text such as ``31..60``, or a list.  `set` holds dotted keys for every
    arm; a measure maps dotted keys to final values, and the scenario without measures is an arm
    too.  Raises `RequestError` where two sources set one key to different values, two arms would
    have the same name, or the plan would be too large.
    """
    files = [located(path, "scenario") for path in _listed(scenarios)]
    for what, keys in (("set", set), ("measures", measures)):
        if not isinstance(keys, Mapping | None):
            raise RequestError(f"{what}: give a mapping; found {as_given(keys)}")
    if sweep is not None and not hasattr(sweep, "labelled"):
        raise RequestError(f"sweep: give a sweep, such as `Grid`; found {as_given(sweep)}")
    every = read_seeds(seeds)
    refuse_size(len(files) * (1 + len(measures or {})) * (sweep.size if sweep else 1), every)
    for name in measures or {}:
        if fault := name_fault(name):
            raise RequestError(f"measure '{name}': {fault}")
    if load is None:
        from sim.scenario.loading import load_scenario

        load = load_scenario
    packages = {"": {}, **(measures or {})}
    points = dict(sweep.labelled()) if sweep else {"": {}}

    def build(path: Path, package: str, label: str) -> tuple[ScenarioLike, Mapping[str, object]]:
        own, point = packages[package], points[label]
        sources = {"`set`": set or {}, f"measure '{package}'": own, "the sweep": point}
        return load(path, set=joined(sources) or None), {**own, **point}

    arms, chosen = crossed(files, packages, points, build)
    return Plan(arms, every, chosen)


def _listed(scenarios: Any) -> Iterable[Any]:
    """Return scenarios as a list; one path or name alone is a list of one."""
    if isinstance(scenarios, str | os.PathLike):
        return [scenarios]
    if isinstance(scenarios, Iterable):
        return scenarios
    raise RequestError(f"give a list of paths or names of scenarios; found {as_given(scenarios)}")


def crossed(
    files: Iterable[Path], variants: Iterable[str], points: Iterable[str], build: Build
) -> tuple[dict[str, ScenarioLike], dict[str, Mapping[str, object]]]:
    """Return files × variants × points as arms, and the keys chosen in each; "" adds no name.

    Raises `RequestError` where two arms would have the same name.
    """
    arms: dict[str, ScenarioLike] = {}
    origin: dict[str, Path] = {}
    chosen: dict[str, Mapping[str, object]] = {}
    for path, variant, point in itertools.product(files, variants, points):
        scenario, keys = build(path, variant, point)
        arm = " ".join(filter(None, (scenario.name, variant and f"+ {variant}", point)))
        if arm in arms:
            raise RequestError(
                f"two arms would be called '{arm}' (from {origin[arm]} and {path}); give "
                "the scenarios different names, and name each point of a sweep once"
            )
        arms[arm], origin[arm] = scenario, path
        if keys:
            chosen[arm] = keys
    return arms, chosen


def refuse_size(arms: int, seeds: tuple[int, ...]) -> None:
    """Raise `RequestError` for a plan that is too large, before its arms are built."""
    if fault := size_fault(arms, len(seeds)):
        raise RequestError(f"this plan has {fault}")


def joined(sources: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Return all keys of several sources; two sources may not set one key to different values."""
    keys: dict[str, object] = {}
    setter: dict[str, str] = {}
    for source, overrides in sources.items():
        for key, value in overrides.items():
            if key in keys and keys[key] != value:
                raise RequestError(
                    f"{key}: {setter[key]} sets {keys[key]!r} and {source} sets {value!r}; "
                    "set it in only one of them"
                )
            keys[key], setter[key] = value, source
    return keys
