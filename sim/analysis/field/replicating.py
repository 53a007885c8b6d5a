"""From the files of field findings to a table: published, found, and the verdict on each number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.experiments.field_blocks import FindingBlock
from sim.analysis.experiments.kinds.field import FieldStudy, load_field
from sim.analysis.field.asking import NO_EFFECT, Answer, answer, windowed
from sim.analysis.field.near_cut_off import near_cut_off
from sim.analysis.field.verdict import Verdict, verdict_of
from sim.core.errors import RequestError, nearest
from sim.core.shipped import named
from sim.runs.carrying import CarryOut, carried
from sim.runs.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

NOTHING = Answer(math.nan, math.nan, math.nan, 0, "")


@dataclass(frozen=True)
class Replicated:
    """One source: `table` has a row per finding, the numbers in the published unit."""

    study: FieldStudy
    table: pd.DataFrame


def field_findings(names: Sequence[str] = (), folder: Path | None = None) -> list[FieldStudy]:
    """Return the findings of a folder, else those shipped, or the named ones in the order given.

    Raises `RequestError` for a folder without any and for an unknown name.
    """
    found = named("field").values() if folder is None else sorted(folder.glob("*.yaml"))
    files = {path.stem: path for path in found}
    if not files:
        raise RequestError(f"{folder} holds no finding of the field")
    for name in names:
        if name not in files:
            known = ", ".join(files)
            raise RequestError(
                f"no finding of the field '{name}'{nearest(name, files)}; known: {known}"
            )
    return [load_field(files[name]) for name in names or files]


def replicate(
    names: Sequence[str] = (),
    quick: bool = True,
    folder: Path | None = None,
    carry_out: CarryOut | None = None,
    workers: int | None = None,
) -> list[Replicated]:
    """Run the arms of the findings and compare; all findings if none is named.

    `carry_out` gets the file's name as the name of a folder, and must simulate with
    `near_cut_off`; without it nothing is kept.
    """
    chosen = field_findings(names, folder)
    found = []
    with carried(carry_out, workers, near_cut_off) as carry:
        for one in chosen:
            frames = None
            if one.arms:
                frames = carry(Plan(one.arms, tuple(one.seeds(quick))), one.name)
            found.append(Replicated(one, compared(one, frames)))
    return found


def compared(study: FieldStudy, frames: tuple[pd.DataFrame, pd.DataFrame] | None) -> pd.DataFrame:
    """Return one row per finding of a source from the runs and months of its arms."""
    import pandas as pd

    runs = None if frames is None else _outcomes(study, *frames)
    ask = partial(_row, study, runs)
    return pd.DataFrame([ask(name, one) for name, one in study.content.findings.items()])


def _outcomes(study: FieldStudy, runs: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Return the runs of the first bank, with the file's own ratios and windows."""
    bank = next(iter(next(iter(study.arms.values())).banks))
    runs = runs[runs["bank"] == bank].copy()  # further banks compete; they are not asked
    for name, (above, below) in study.content.ratios.items():
        runs[name] = runs[above] / runs[below]
    months = months[months["bank"] == bank]
    for name, window in study.content.windows.items():
        runs = runs.join(windowed(months, window).rename(name), on=["arm", "seed"])
    return runs


def _row(
    study: FieldStudy, runs: pd.DataFrame | None, name: str, finding: FindingBlock
) -> dict[str, Any]:
    said, asked = finding.published, finding.asked
    found = NOTHING
    verdict: Verdict = "not shown"
    if asked is not None and runs is not None:
        found = answer(asked, said.unit, runs)
        ends = (
            -math.inf if said.low is None else said.low,
            math.inf if said.high is None else said.high,
        )
        verdict = verdict_of((found.low, found.high), ends, NO_EFFECT.get(asked.how))
    return {
        "source": study.name,
        "finding": name,
        "measured": finding.measured,
        "unit": said.unit,
        "published": _number(said.value),
        "published_low": _number(said.low),
        "published_high": _number(said.high),
        "grade": said.grade,
        "interval_grade": said.interval,
        "read": said.read,
        "role": finding.role,
        "how": asked.how if asked else "",
        "metric": asked.metric if asked else "",
        "base": asked.base if asked else "",
        "other": asked.other if asked else "",
        "found": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "verdict": verdict,
        "why": finding.lacks or found.why or (finding.differs if verdict == "disagrees" else ""),
    }


def _number(value: float | None) -> float:
    return math.nan if value is None else value
