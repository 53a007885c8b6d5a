"""A calibration: target bands, and the variants of the base under which some of them are measured.

The arms are the variants that targets name; each cause of the base's worsening says how it is
switched off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.experiment import Experiment, ExperimentFile
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of, unknown
from sim.analysis.experiments.targets import Origin, Target, Targets
from sim.core.errors import RequestError
from sim.core.names import BASE, name_fault
from sim.core.params import Params, group, param
from sim.runs.seeds import read_seeds
from sim.scenario.checking import check
from sim.scenario.loading import load_scenario
from sim.scenario.positions import Document, refusal
from sim.scenario.reading import read_file
from sim.scenario.schema import Scenario


class TwoTasks(Params):
    """Which seeds; those of the fit are others, so that the score is out of sample."""

    score: int | str | list[int] = param(
        "1-100", unit="seeds", source=AUTHOR, meaning="seeds of the score: a number, ranges, a list"
    )
    fit: int | str | list[int] = param(
        "1001-1030", unit="seeds", source=AUTHOR, meaning="seeds of the fit, in the same forms"
    )


class CalibrationFile(ExperimentFile):
    """The keys of a calibration."""

    kind: Literal["calibration"] = "calibration"
    base: str = param(unit="path", meaning="scenario that is scored or fitted", source=AUTHOR)
    targets: str = param(unit="path", meaning="target bands and free parameters", source=AUTHOR)
    causes: dict[str, ArmBlock] = param(
        {}, unit="arms", source=AUTHOR,
        meaning="how each cause of the rise of the NPL ratio is switched off",
    )  # fmt: skip
    seeds: TwoTasks = group(TwoTasks, "which seeds")
    without: list[Origin] = param(
        [], unit="places", source=AUTHOR,
        meaning="targets measured there are left out: China, abroad or nowhere",
    )  # fmt: skip
    free: list[str] = param(
        [], unit="dotted keys", source=AUTHOR,
        meaning="which parameters of the targets file may move; all if none is named",
    )  # fmt: skip
    scored_only: list[str] = param(
        [], unit="arms", source=AUTHOR,
        meaning="arms whose targets are scored and not fitted, as the free parameters hardly move "
        "them and each costs as much as the base",
    )  # fmt: skip
    assumed: dict[str, float] = param(
        {}, unit="dotted keys", source=AUTHOR,
        meaning="values in place of the base's, in the burn-in too: what only the targets left "
        "out had fixed",
    )  # fmt: skip

    def read(self, path: Path, document: Document) -> Calibration:
        """Return the calibration of this file; every variant is tried on the base."""
        base = load_scenario(find(document, ("base",), self.base, path, "scenario"))
        goals = read_file(find(document, ("targets",), self.targets, path, "targets"))
        every = check(Targets, goals.data, goals.positions)
        base = self._with_assumed(base, document)
        targets = self._left(every, document)
        measures = measures_of(self.measures, path, document)
        found = Calibration(path.stem, path, self, document, measures, base, targets)
        found.check_arms(reserved=(BASE,))
        for name in self.causes:
            if fault := name_fault(name, (BASE,)):
                raise found.refuse(("causes", name), fault)
        for number, target in enumerate(every.targets):
            for key in () if target.measured in self.without else ("variant", "over"):
                name = getattr(target, key)
                if name not in ("", BASE, *self.arms):
                    place = goals.positions["targets", number, key].value
                    message = unknown("arm", name, [BASE, *self.arms])
                    raise refusal(place, f"targets.{number}.{key}: {message} in {path}")
        for task in ("score", "fit"):
            try:
                found.seeds(task)
            except RequestError as fault:
                raise found.refuse(("seeds", task), str(fault)) from fault
        found.variants(base, targets.targets)
        found.without(base, self.causes)
        return found

    def _left(self, every: Targets, document: Document) -> Targets:
        """Return the targets that are not left out, and the parameters that may move."""
        known = [one.key for one in every.parameters]
        for number, key in enumerate(self.free):
            if key not in known:
                place = document.positions["free", number].value
                raise refusal(place, f"free.{number}: {unknown('parameter', key, known)}")
        for number, name in enumerate(self.scored_only):
            if name not in self.arms:
                place = document.positions["scored_only", number].value
                raise refusal(place, f"scored_only.{number}: {unknown('arm', name, self.arms)}")
        kept = [
            Target(**{**one.model_dump(), "role": "seen before"})
            if one.variant in self.scored_only
            else one
            for one in every.targets
            if one.measured not in self.without
        ]
        if not kept:
            place = document.positions["without",].value
            raise refusal(place, "without: no target is left")
        moving = [one for one in every.parameters if not self.free or one.key in self.free]
        return Targets(why=every.why, targets=kept, parameters=moving)

    def _with_assumed(self, base: Scenario, document: Document) -> Scenario:
        """Return the base with what is assumed in place of its own values."""
        at = document.positions
        places = {key: at["assumed", key].key for key in self.assumed}
        return base.with_(self.assumed, throughout=self.assumed, places=places)


@dataclass(frozen=True)
class Calibration(Experiment[CalibrationFile]):
    """A calibration as read, with its base and its targets."""

    needed: ClassVar[str] = "a calibration"
    base: Scenario
    targets: Targets

    def seeds(self, task: str) -> tuple[int, ...]:
        """Return the seeds of a task, ``score`` or ``fit``."""
        return read_seeds(getattr(self.content.seeds, task))

    def variants(self, scenario: Scenario, wanted: Iterable[Target]) -> dict[str, Scenario]:
        """Return a scenario, as its base or as another, under each variant that targets name."""
        names = {name for target in wanted for name in (target.variant, target.over) if name}
        arms = {BASE: ArmBlock(), **self.content.arms}
        return {name: self.varied(scenario, arms[name], _key(name)) for name in sorted(names)}

    def without(self, scenario: Scenario, causes: Iterable[str]) -> Scenario:
        """Return a scenario with some causes switched off."""
        off: dict[str, Any] = {}
        throughout: dict[str, Any] = {}
        places = {"": self.place(("causes",))}
        for name in causes:
            block = self.content.causes[name]
            keys, written = self.settings(block, ("causes", name))
            off |= keys
            places |= written
            throughout |= block.set if block.throughout else {}
        return scenario.with_(off, throughout=throughout, places=places)


def load_calibration(path: str | os.PathLike[str]) -> Calibration:
    """Read a calibration; raises `RequestError` as `load_experiment`."""
    return load_as(path, Calibration)


def _key(name: str) -> tuple[str, ...]:
    return () if name == BASE else ("arms", name)
