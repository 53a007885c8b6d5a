"""A study: questions about a base and the measures of a thesis, written down before any run."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from sim.analysis.experiments.blocks import AUTHOR
from sim.analysis.experiments.experiment import Experiment
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of, name_of, unknown
from sim.analysis.experiments.packages import PackageFile
from sim.core.names import OWN, RESERVED, name_fault
from sim.core.params import param
from sim.outcomes import METRICS
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys
from sim.scenario.positions import Document
from sim.scenario.schema import Scenario
from sim.scenario.study_designs import EqualMoney, Regimes, SameRate


class StudyFile(PackageFile):
    """The keys of a study's file."""

    kind: Literal["study"] = "study"
    base: str = param(unit="path", meaning="scenario without measures", source=AUTHOR)
    equal_money: EqualMoney | None = None
    same_rate: SameRate | None = None
    regimes: Regimes | None = None

    def read(self, path: Path, document: Document) -> Study:
        """Return the study of this file."""
        base = find(document, ("base",), self.base, path, "scenario")
        return study_of(name_of(path), path, self, base, document)


@dataclass(frozen=True)
class Study(Experiment[StudyFile]):
    """A study as read: the path of its base, and the measures of each part."""

    needed: ClassVar[str] = "a study"
    base: Path
    parts: Mapping[str, tuple[str, ...]]

    @functools.cached_property
    def bare(self) -> Scenario:
        """The base as its file has it, without what the study sets; read once for all arms."""
        return load_scenario(self.base)


def load_study(path: str | os.PathLike[str]) -> Study:
    """Read a study and its measures; raises `RequestError` as `load_experiment`."""
    return load_as(path, Study)


def study_of(
    name: str, path: Path, content: StudyFile, base: Path, document: Document, own: bool = False
) -> Study:
    """Return the study of a file that was read, its measures read as well.

    With `own`, it may have the arm `own`.  Raises `RequestError` as `load_experiment`, also for
    measures that contradict each other.
    """
    measures = measures_of(content.measures, path, document)
    parts = content.divided(measures)
    study = Study(name, path, content, document, measures, base, parts)
    if not measures:
        raise study.refuse(("measures",), "name at least one measure")
    joined_keys(measures.values())
    _check_outcomes(study)
    _check_parts(study)
    study.check_arms([one for one in RESERVED if not (own and one == OWN)])
    return study


def _check_outcomes(study: Study) -> None:
    """Refuse unknown or repeated metrics."""
    content = study.content
    study.check_outcomes(content.metrics)
    if content.seeds.metric not in METRICS:
        raise study.refuse(("seeds", "metric"), unknown("metric", content.seeds.metric, METRICS))


def _check_parts(study: Study) -> None:
    """Refuse bad names, unknown measures, and parts that overlap or leave a measure out."""
    content = study.content
    for key, names in (("claims", content.claims), ("parts", content.parts)):
        for name in names:
            if fault := name_fault(name, ()):  # claims and parts never become arms
                raise study.refuse((key, name), fault)
    for part, members in content.parts.items():
        for number, name in enumerate(members):
            if name not in study.measures:
                message = unknown("measure", name, study.measures)
                raise study.refuse(("parts", part, number), message)
    named = [name for part in study.parts.values() for name in part]
    if sorted(named) != sorted(study.measures):
        odd = sorted(set(study.measures) - set(named)) or [
            name for name in named if named.count(name) > 1
        ]
        raise study.refuse(("parts",), f"each measure belongs to one part; look at '{odd[0]}'")
