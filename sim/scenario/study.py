"""A study: questions about a base and the measures of a thesis, written down before any run.

The file states the hypothesis, the arms, the seeds and the claims.  The number of seeds depends on
a precision set here, never on a verdict.  The analysis interprets the claims, so they are kept as
written, with their places.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from sim.core.errors import RequestError, nearest
from sim.core.names import RESERVED, name_fault
from sim.core.params import Params, group, param
from sim.core.shipped import located
from sim.outcomes import METRICS
from sim.scenario.checking import check
from sim.scenario.measure import Measure, joined_keys, load_measure
from sim.scenario.positions import Document, Key, refusal, shown
from sim.scenario.reading import read_file
from sim.scenario.study_designs import EqualMoney, Regimes

BASE, PACKAGE, OWN = RESERVED  # OWN: the measures of a bank's own study, in a study of several
AUTHOR = "A: set by the author of the study"
Question = Literal["alone", "leave-one-out", "interactions", "attribution", "ladder"]
USUAL = (
    "default_rate", "npl_ratio", "npl_ratio_mean", "profit", "cost", "credit_to_good",
    "approval_rate", "days_to_decision", "defaults", "auc",
)  # fmt: skip


class SeedPlan(Params):
    """Number of seeds: a small fixed number for a quick run, otherwise until a precision is met."""

    quick: int = param(
        12, unit="seeds", meaning="seeds of `--quick`", source=AUTHOR, ge=2, le=100_000
    )
    metric: str = param(
        "default_rate", unit="name", source=AUTHOR,
        meaning="outcome whose difference, package minus base, must reach the precision",
    )  # fmt: skip
    half_width: float = param(
        0.0015, unit="the metric's", source=AUTHOR, gt=0,
        meaning="half-width of its 95 % interval at which no more seeds are added",
    )  # fmt: skip
    fewest: int = param(20, unit="seeds", meaning="seeds to start with", source=AUTHOR, ge=2)
    cap: int = param(60, unit="seeds", meaning="largest number of seeds", source=AUTHOR, ge=2)


class ArmFile(Params):
    """An arm in addition to those that the questions need, such as a cause switched off."""

    why: str = param("", unit="text", meaning="what the arm is for", source=AUTHOR)
    measures: list[str] = param(
        [], unit="names", meaning="its measures; `package` means all", source=AUTHOR
    )
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in this arm", source=AUTHOR
    )


class StudySpec(Params):
    """The keys shared by the file of a study and that of a study over several banks."""

    title: str = param(unit="text", meaning="the research question in a few words", source=AUTHOR)
    hypothesis: str = param(unit="text", meaning="what is expected, before the run", source=AUTHOR)
    why: str = param("", unit="text", meaning="why the question matters", source=AUTHOR)
    measures: list[str] = param(
        unit="paths", meaning="measures, in the order of the thesis", source=AUTHOR
    )
    parts: dict[str, list[str]] = param(
        {}, unit="names", source=AUTHOR,
        meaning="groups of measures for attribution of the package's effect; else ten packages",
    )  # fmt: skip
    metrics: list[str] = param(
        list(USUAL), unit="names", source=AUTHOR,
        meaning="outcomes reported; parts are ranked by the first",
    )  # fmt: skip
    seeds: SeedPlan = group(SeedPlan, "how many seeds")
    questions: list[Question] = param(
        list(get_args(Question)), unit="names", meaning="analyses to compute", source=AUTHOR
    )
    order_pairs: int = param(
        6, unit="pairs", ge=2, le=1000, source=AUTHOR,
        meaning="sampled orders and their reverses, if parts are too many for exact shares",
    )  # fmt: skip
    claims: dict[str, dict[str, Any]] = param(
        {}, unit="claims", meaning="statements to be judged, by name", source=AUTHOR
    )


class StudyFile(StudySpec):
    """The keys of a study's file."""

    base: str = param(unit="path", meaning="scenario without measures", source=AUTHOR)
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in every arm", source=AUTHOR
    )
    arms: dict[str, ArmFile] = param({}, unit="arms", meaning="further arms", source=AUTHOR)
    equal_money: EqualMoney | None = None
    regimes: Regimes | None = None


@dataclass(frozen=True)
class Study:
    """A study as read: paths resolved, measures by name, parts filled in."""

    name: str
    path: Path
    content: StudyFile
    base: Path
    measures: Mapping[str, Measure]
    parts: Mapping[str, tuple[str, ...]]
    document: Document

    def refuse(self, key: Key, message: str) -> Exception:
        """Return the error that names the place of a key of the file."""
        at = self.document.positions
        known = next(key[:n] for n in range(len(key), -1, -1) if key[:n] in at)
        return refusal(at[known].value, f"{_dotted(key)}: {message}")


def load_study(path: str | os.PathLike[str]) -> Study:
    """Read a study and its measures; paths are relative to the folder of the file.

    Raises `RequestError` with file, line and column for any error, including measures that
    contradict each other.  Claims are read by `sim.analysis.study.claiming`.
    """
    path = located(path, "study")
    document = read_file(path)
    content = check(StudyFile, document.data, document.positions)
    base = find(document, ("base",), content.base, path, "scenario")
    return study_of(path.stem, path, content, base, document)


def find(document: Document, key: Key, file: str, path: Path, kind: str) -> Path:
    """Return the file that a study names: a path from its folder, or a shipped file by name.

    Raises `RequestError` at the line of the key.
    """
    try:
        return located(file, kind, beside=path.parent)
    except RequestError as fault:
        raise refusal(document.positions[key].value, f"{_dotted(key)}: {fault}") from fault


def study_of(
    name: str, path: Path, content: StudyFile, base: Path, document: Document, own: bool = False
) -> Study:
    """Return the study of a file that was read, its measures read as well.

    With `own`, it may have the arm `own`.  Raises `RequestError` as `load_study`.
    """
    read = [
        _measure(find(document, ("measures", number), file, path, "measure"), number, document)
        for number, file in enumerate(content.measures)
    ]
    measures = {measure.name: measure for measure in read}
    study = Study(name, path, content, base, measures, _parts(content, measures), document)
    if not read:
        raise study.refuse(("measures",), "name at least one measure")
    if len(measures) < len(read):
        raise study.refuse(
            ("measures",), "two files have the same name; measures need different names"
        )
    joined_keys(read)
    _check_names(study, own)
    return study


def _measure(file: Path, number: int, document: Document) -> Measure:
    """Return a measure; a name that no measure may have is refused where the study names it."""
    fault = name_fault(file.stem)
    if fault:
        raise refusal(document.positions["measures", number].value, f"measures.{number}: {fault}")
    return load_measure(file)


def _parts(content: StudyFile, measures: Mapping[str, Measure]) -> dict[str, tuple[str, ...]]:
    if content.parts:
        return {name: tuple(members) for name, members in content.parts.items()}
    found: dict[str, tuple[str, ...]] = {}
    for name, measure in measures.items():
        found[measure.package] = (*found.get(measure.package, ()), name)
    return found


def _check_names(study: Study, own: bool) -> None:
    """Refuse unknown or repeated metrics, unknown measures, bad names, parts that overlap."""
    content = study.content
    if not content.metrics:
        raise study.refuse(("metrics",), "name at least one outcome")
    for number, name in enumerate(content.metrics):
        if name not in METRICS:
            raise study.refuse(("metrics", number), _unknown("metric", name, METRICS))
        if name in content.metrics[:number]:
            raise study.refuse(("metrics", number), f"'{name}' is named twice")
    for key, names in (("claims", content.claims), ("parts", content.parts)):
        for name in names:
            if fault := name_fault(name, ()):  # claims and parts never become arms
                raise study.refuse((key, name), fault)
    if content.seeds.metric not in METRICS:
        raise study.refuse(("seeds", "metric"), _unknown("metric", content.seeds.metric, METRICS))
    for part, members in content.parts.items():
        for number, name in enumerate(members):
            if name not in study.measures:
                message = _unknown("measure", name, study.measures)
                raise study.refuse(("parts", part, number), message)
    members = [name for part in study.parts.values() for name in part]
    if sorted(members) != sorted(study.measures):
        odd = sorted(set(study.measures) - set(members)) or [
            name for name in members if members.count(name) > 1
        ]
        raise study.refuse(("parts",), f"each measure belongs to one part; look at '{odd[0]}'")
    for name, arm in content.arms.items():
        fault = "" if name == OWN and own else name_fault(name)
        if name in study.measures:
            fault = "this name is taken by a measure; choose another"
        if fault:
            raise study.refuse(("arms", name), fault)
        for number, measure in enumerate(arm.measures):
            if measure != PACKAGE and measure not in study.measures:
                message = _unknown("measure", measure, study.measures)
                raise study.refuse(("arms", name, "measures", number), message)


def _dotted(key: Key) -> str:
    return ".".join(map(str, key))


def _unknown(what: str, name: str, known: Mapping[str, Any]) -> str:
    return f"no {what} called {shown(name)}{nearest(name, known)}; known: {', '.join(known)}"
