"""A study over several banks: one set of measures, applied to the base of each bank's own study.

For each bank it is an ordinary study of the common measures, with one additional arm, `own`: the
measures that the bank's own study proposes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.core.names import name_fault
from sim.core.params import param
from sim.core.shipped import located
from sim.scenario.checking import check
from sim.scenario.measure import joined_keys
from sim.scenario.positions import Document, refusal
from sim.scenario.reading import read_file
from sim.scenario.study import (
    AUTHOR,
    OWN,
    ArmFile,
    Study,
    StudyFile,
    StudySpec,
    find,
    load_study,
    study_of,
)
from sim.scenario.varying import varied

WHY = "what the bank's own study proposes"


class SeveralFile(StudySpec):
    """The keys of a study over several banks.  With `--quick`, only `alone` is computed."""

    studies: list[str] = param(
        unit="paths", meaning="studies that give the bases and each bank's own package",
        source=AUTHOR,
    )  # fmt: skip


@dataclass(frozen=True)
class Several:
    """A study over several banks as read: the study of the common measures for each bank."""

    name: str
    content: SeveralFile
    studies: Mapping[str, Study]

    @property
    def twins(self) -> list[tuple[str, str]]:
        """Pairs of banks with the same base scenario, so results are not independent evidence."""
        from sim.scenario.loading import load_scenario

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


def is_several(document: Document) -> bool:
    """Return whether the file is a study over several banks."""
    return isinstance(document.data, Mapping) and "studies" in document.data


def load_several(path: str | os.PathLike[str], quick: bool = False) -> Several:
    """Read a study over several banks, and each bank's own study.

    Raises `RequestError` with file, line and column for any error.
    """
    path = located(path, "study")
    document = read_file(path)
    content = check(SeveralFile, document.data, document.positions)
    if quick:
        alone = [one for one in content.questions if one == "alone"]
        content = varied(content, {"questions": alone})
    studies: dict[str, Study] = {}
    for number, file in enumerate(content.studies):
        own = load_study(find(document, ("studies", number), file, path, "study"))
        fault = f"'{own.name}' is named twice" if own.name in studies else name_fault(own.name)
        if fault:
            raise refusal(document.positions["studies", number].value, f"studies.{number}: {fault}")
        studies[own.name] = _of_one_bank(path, content, own, document)
    if len(studies) < 2:
        raise refusal(document.positions["studies",].value, "studies: name at least two")
    return Several(path.stem, content, studies)


def _of_one_bank(path: Path, said: SeveralFile, own: Study, document: Document) -> Study:
    keys, _ = joined_keys(own.measures.values())
    shared = {name: getattr(said, name) for name in StudySpec.model_fields}
    file = StudyFile(
        base=str(own.base), set=own.content.set, arms={OWN: ArmFile(why=WHY, set=keys)}, **shared
    )
    return study_of(own.name, path, file, own.base, document, own=True)


__all__ = ["OWN", "Several", "SeveralFile", "is_several", "load_several"]
