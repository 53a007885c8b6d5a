"""A study over several banks: one set of measures, applied to the base of each bank's own study.

For each bank it is an ordinary study of the common measures, with one additional arm, `own`: the
measures that the bank's own study proposes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Literal

from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.experiment import Experiment
from sim.analysis.experiments.kinds.study import Study, StudyFile, load_study, study_of
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find
from sim.analysis.experiments.packages import PackageFile
from sim.core.names import OWN, name_fault
from sim.core.params import param
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys
from sim.scenario.positions import Document, refusal
from sim.scenario.varying import varied

WHY = "what the bank's own study proposes"


class BanksFile(PackageFile):
    """The keys of a study over several banks.  With `--quick`, only `alone` is computed."""

    kind: Literal["banks"] = "banks"
    studies: list[str] = param(
        unit="paths", meaning="studies that give the bases and each bank's own package",
        source=AUTHOR,
    )  # fmt: skip

    def read(self, path: Path, document: Document) -> Several:
        """Return the study over several banks of this file."""
        at = document.positions
        owned: dict[str, Study] = {}
        for number, file in enumerate(self.studies):
            own = load_study(find(document, ("studies", number), file, path, "study"))
            fault = f"'{own.name}' is named twice" if own.name in owned else name_fault(own.name)
            if fault:
                raise refusal(at["studies", number].value, f"studies.{number}: {fault}")
            owned[own.name] = own
        if len(owned) < 2:
            raise refusal(at["studies",].value, "studies: name at least two")
        studies = {bank: self.of_one_bank(path, own, document) for bank, own in owned.items()}
        measures = next(iter(studies.values())).measures
        return Several(path.stem, path, self, document, measures, studies)

    def of_one_bank(self, path: Path, own: Study, document: Document) -> Study:
        """Return the study of the common measures in the bank of a study."""
        keys, _ = joined_keys(own.measures.values())
        shared = {name: getattr(self, name) for name in PackageFile.model_fields}
        shared |= {
            "kind": "study",
            "set": {**own.content.set, **self.set},
            "arms": {OWN: ArmBlock(why=WHY, set=keys), **self.arms},
        }
        file = StudyFile(base=str(own.base), **shared)
        return study_of(own.name, path, file, own.base, document, own=True)


@dataclass(frozen=True)
class Several(Experiment[BanksFile]):
    """A study over several banks as read: the study of the common measures for each bank."""

    needed: ClassVar[str] = "a study of several banks"
    studies: Mapping[str, Study]

    def first_look(self) -> Several:
        """Return the same with the effect of each measure alone as the only question."""
        questions = [one for one in self.content.questions if one == "alone"]
        alone = {"questions": questions, "robust": None}
        studies = {
            bank: replace(study, content=varied(study.content, alone))
            for bank, study in self.studies.items()
        }
        return replace(self, content=varied(self.content, alone), studies=studies)

    @property
    def twins(self) -> list[tuple[str, str]]:
        """Pairs of banks with the same base scenario, so results are not independent evidence."""
        text = {"name", "why"}
        bases = {
            bank: load_scenario(study.base, set=study.content.set or None).model_dump(exclude=text)
            for bank, study in self.studies.items()
        }
        names = list(bases)
        return [
            (a, b)
            for i, a in enumerate(names)
            for b in names[i + 1 :]
            if bases[a] == bases[b]
        ]  # fmt: skip


def load_several(path: str | os.PathLike[str]) -> Several:
    """Read a study over several banks; raises `RequestError` as `load_experiment`."""
    return load_as(path, Several)
