"""A factorial experiment: every level of each factor with every level of the others.

    kind: factorial
    title: Which policies work, alone and together?
    base: ../scenarios/zhengzhou/baseline.yaml
    factors:
      screening:
        usual: {}
        strong: {set: {banks.main.screening.cross_check.detection: 0.6}}
      pricing:
        usual: {}
        strong: {set: {banks.main.pricing.sensitivity: 0.8}}

All arms run on the same seeds.  The first level of a factor is the one that its others are
compared with; each level is a block as any arm has (`ArmBlock`).
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.experiment import Experiment, ExperimentFile
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of, name_of, unknown
from sim.core.errors import RequestError
from sim.core.names import name_fault
from sim.core.params import Params, group, param
from sim.runs.plan import Plan, joined
from sim.scenario.arguments import size_fault
from sim.scenario.comparable import refuse_incomparable
from sim.scenario.loading import load_scenario
from sim.scenario.positions import Document, Place
from sim.scenario.schema import Scenario

USUAL = ("default_rate", "npl_ratio", "profit", "cost", "credit_to_good")
MOST_ARMS = 1_000  # more combinations than a table of main effects can stand for

Levels = tuple[str, ...]  # one level of each factor, in the order of the file


class SeedCounts(Params):
    """Number of seeds of a quick look and of the whole experiment."""

    quick: int = param(
        4, unit="seeds", meaning="seeds of `--quick`", source=AUTHOR, ge=2, le=100_000
    )
    full: int = param(
        40, unit="seeds", meaning="seeds of the whole experiment", source=AUTHOR, ge=2, le=100_000
    )


class FactorialFile(ExperimentFile):
    """The keys of a factorial experiment's file."""

    kind: Literal["factorial"] = "factorial"
    hypothesis: str = param(unit="text", meaning="what is expected, before the run", source=AUTHOR)
    base: str = param(unit="path", meaning="scenario that all arms vary", source=AUTHOR)
    factors: dict[str, dict[str, ArmBlock]] = param(
        unit="levels", source=AUTHOR,
        meaning="levels of each factor by name; the first is compared with the others",
    )  # fmt: skip
    metrics: list[str] = param(list(USUAL), unit="names", meaning="outcomes", source=AUTHOR)
    seeds: SeedCounts = group(SeedCounts, "how many seeds")

    def read(self, path: Path, document: Document) -> Factorial:
        """Return the experiment of this file."""
        base = find(document, ("base",), self.base, path, "scenario")
        measures = measures_of(self.measures, path, document)
        found = Factorial(name_of(path), path, self, document, measures, base)
        _check(found)
        return found


@dataclass(frozen=True)
class Factorial(Experiment[FactorialFile]):
    """A factorial experiment as read, with the path of its base."""

    needed: ClassVar[str] = "a factorial experiment"
    base: Path

    @property
    def factors(self) -> dict[str, Levels]:
        """The names of the levels of each factor; the first is the reference."""
        return {name: tuple(levels) for name, levels in self.content.factors.items()}

    @property
    def combinations(self) -> dict[Levels, str]:
        """Every combination of levels and the name of its arm."""
        names = list(self.factors)
        return {
            levels: ", ".join(f"{name} {level}" for name, level in zip(names, levels, strict=True))
            for levels in itertools.product(*self.factors.values())
        }

    @cached_property
    def arms(self) -> Mapping[str, Scenario]:
        """The scenario of every combination; raises `RequestError` at the line that is wrong."""
        base = load_scenario(self.base)
        found = {arm: self._arm(base, levels, arm) for levels, arm in self.combinations.items()}
        try:
            refuse_incomparable(found)
        except RequestError as error:
            raise self.refuse(("factors",), str(error)) from None
        return found

    def plan(self, seeds: int) -> Plan:
        """Return every combination on the seeds 1 to `seeds`."""
        return Plan(self.arms, tuple(range(1, seeds + 1)))

    def _arm(self, base: Scenario, levels: Levels, name: str) -> Scenario:
        blocks = {
            (factor, level): self.content.factors[factor][level]
            for factor, level in zip(self.factors, levels, strict=True)
        }
        of_all, of_levels = (
            self.content.set,
            {key for block in blocks.values() for key in block.set},
        )
        usual = {key: value for key, value in of_all.items() if key not in of_levels}
        sources: dict[str, Mapping[str, Any]] = {"`set`": usual}
        places: dict[str, Place] = {}
        throughout: list[str] = []
        for (factor, level), block in blocks.items():
            keys, at = self.settings(block, ("factors", factor, level))
            own = {key: keys[key] for key in keys if key in block.set or key not in of_all}
            sources[f"{factor} {level}"] = own
            places |= at
            throughout += list(block.set) if block.throughout else []
        try:
            every = joined(sources)
        except RequestError as fault:
            raise self.refuse(("factors",), str(fault)) from fault
        twins = [twin for block in blocks.values() for twin in block.twins]
        places.setdefault("", self.place(("factors",)))
        return base.with_(
            {**every, "name": name}, throughout=throughout, twins=twins, places=places
        )


def load_factorial(path: str | os.PathLike[str]) -> Factorial:
    """Read a factorial experiment; raises `RequestError` as `load_experiment`."""
    return load_as(path, Factorial)


def _check(found: Factorial) -> None:
    """Refuse what no factorial experiment can be made of, before any arm is built."""
    content = found.content
    if content.arms:
        raise found.refuse(("arms",), "the arms are the combinations of levels; leave this out")
    if len(content.factors) < 2:
        raise found.refuse(("factors",), "name at least two factors")
    _check_names(found, content.factors, ("factors",))
    for factor, levels in content.factors.items():
        if len(levels) < 2:
            raise found.refuse(("factors", factor), "name at least two levels")
        _check_names(found, levels, ("factors", factor))
        for level, block in levels.items():
            for number, measure in enumerate(block.measures):
                if measure not in found.measures:
                    key = ("factors", factor, level, "measures", number)
                    raise found.refuse(key, unknown("measure", measure, found.measures))
    found.check_outcomes(content.metrics)
    arms = math.prod(len(levels) for levels in content.factors.values())
    if arms > MOST_ARMS:
        raise found.refuse(("factors",), f"{arms:,} combinations; at most {MOST_ARMS:,}")
    if fault := size_fault(arms, content.seeds.full):
        raise found.refuse(("seeds", "full"), f"this experiment has {fault}")


def _check_names(found: Factorial, names: Iterable[str], key: tuple[str, ...]) -> None:
    for name in names:
        fault = name_fault(name, ())
        if not fault and "," in name:
            fault = "a comma joins the levels in the name of an arm; choose another name"
        if fault:
            raise found.refuse((*key, name), fault)


__all__ = ["Factorial", "FactorialFile", "Levels", "load_factorial"]
