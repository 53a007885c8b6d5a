"""A finding of the field: numbers of one source, and the arms in which the model is asked for them.

The role of each number, and why the model differs, are in the file; the program only measures and
compares intervals.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from sim.analysis.experiments.blocks import AUTHOR, TwoLooks
from sim.analysis.experiments.experiment import Experiment, ExperimentFile
from sim.analysis.experiments.field_blocks import FieldArm, FindingBlock, Window
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of, unknown
from sim.core.errors import RequestError
from sim.core.names import name_fault
from sim.core.params import group, param
from sim.outcomes import METRICS
from sim.scenario.comparable import refuse_incomparable
from sim.scenario.loading import load_scenario
from sim.scenario.positions import Document, Key
from sim.scenario.schema import Scenario
from sim.state.ledger import Ledger

COUNTED = ("files_near", "files_just_missed")  # analysis/field/near_cut_off.py counts them


class FieldFile(ExperimentFile):
    """The keys of the file of a field finding."""

    kind: Literal["field"] = "field"
    source: str = param(unit="text", meaning="who measured it, and where", source=AUTHOR)
    setting: str = param(unit="text", meaning="the bank, and how it was measured", source=AUTHOR)
    notes: str = param("", unit="text", meaning="how the model is asked for it", source=AUTHOR)
    base: str = param("", unit="path", meaning="scenario of the arms", source=AUTHOR)
    arms: dict[str, FieldArm] = param(  # type: ignore[assignment]
        {}, unit="arms", meaning="the scenarios compared", source=AUTHOR
    )
    ratios: dict[str, list[str]] = param(
        {}, unit="of both", source=AUTHOR,
        meaning="outcomes of this file alone: one metric over another",
    )  # fmt: skip
    windows: dict[str, Window] = param(
        {}, unit="of both", meaning="outcomes of this file alone: of some months", source=AUTHOR
    )
    findings: dict[str, FindingBlock] = param(
        unit="findings", meaning="the numbers, by name", source=AUTHOR
    )
    seeds: TwoLooks = group(TwoLooks, "how many seeds")

    def read(self, path: Path, document: Document) -> FieldStudy:
        """Return the finding of this file, with the scenario of each arm."""
        measures = measures_of(self.measures, path, document)
        bare = FieldStudy(path.stem, path, self, document, measures, {})
        bare.check_arms(reserved=())
        _check_names(bare)
        _check_questions(bare)
        arms = {name: _arm(bare, name) for name in self.arms}
        found = FieldStudy(path.stem, path, self, document, measures, arms)
        _check_arms(found)
        return found


@dataclass(frozen=True)
class FieldStudy(Experiment[FieldFile]):
    """A finding of the field as it was read, with the scenario of each arm."""

    needed: ClassVar[str] = "a finding of the field"
    arms: dict[str, Scenario]

    def seeds(self, quick: bool) -> range:
        """Return the seeds to simulate; those of a first look are not used again."""
        return self.content.seeds.listed(quick)


def load_field(path: str | os.PathLike[str]) -> FieldStudy:
    """Read the file of a field finding; raises `RequestError` as `load_experiment`."""
    return load_as(path, FieldStudy)


def _arm(found: FieldStudy, name: str) -> Scenario:
    said, arm = found.content, found.content.arms[name]
    key: Key = ("arms", name, "base") if arm.base else ("base",)
    if not (arm.base or said.base):
        raise found.refuse(("arms", name), "give a base, to the arm or to the file")
    base = load_scenario(find(found.document, key, arm.base or said.base, found.path, "scenario"))
    return found.varied(base, arm, ("arms", name))


def _own_names(found: FieldStudy) -> Iterator[Key]:
    for key in ("findings", "ratios", "windows"):
        for name in getattr(found.content, key):
            yield key, name


def _check_names(found: FieldStudy) -> None:
    said, parts = found.content, {*METRICS, *COUNTED}
    taken: Collection[str] = {*parts, *Ledger._fields}
    for key, name in _own_names(found):
        if fault := name_fault(str(name), ()):
            raise found.refuse((key, name), fault)
        if (key != "findings" and name in taken) or (name in said.ratios and name in said.windows):
            raise found.refuse((key, name), "this name is taken by an outcome; choose another")
    if not said.findings:
        raise found.refuse(("findings",), "name at least one finding")
    for name, pair in said.ratios.items():
        if len(pair) != 2 or not set(pair) <= parts:
            raise found.refuse(("ratios", name), "name two metrics: what is divided, and by what")
    for name, window in said.windows.items():
        for part in ("of", "per"):
            column = getattr(window, part)
            if column not in {*Ledger._fields, *([""] if part == "per" else [])}:
                message = unknown("monthly column", column, Ledger._fields)
                raise found.refuse(("windows", name, part), message)


def _check_questions(found: FieldStudy) -> None:
    said = found.content
    known = {*METRICS, *said.ratios, *said.windows}
    for name, finding in said.findings.items():
        if (asked := finding.asked) is None:
            continue
        for key in ("metric", "price", "base", "other"):
            value = getattr(asked, key)
            what, names = ("arm", said.arms) if key in ("base", "other") else ("metric", known)
            if value and value not in names:
                place: Key = ("findings", name, "asked", key)
                raise found.refuse(place, unknown(what, value, sorted(names)))


def _check_arms(found: FieldStudy) -> None:
    if not found.arms:
        return
    try:
        refuse_incomparable(found.arms)
    except RequestError as fault:
        raise found.refuse(("arms",), str(fault)) from fault
    horizon = next(iter(found.arms.values())).horizon
    for name, window in found.content.windows.items():
        if window.last > horizon:
            message = f"it needs month {window.last}; the arms have {horizon} months"
            raise found.refuse(("windows", name), message)
