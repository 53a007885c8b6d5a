"""From the files of mechanisms to verdicts: supported, refuted or undecided at this precision.

Claims of one mechanism are judged together (Holm), on paired differences over common seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.claims import Frames
from sim.analysis.judging import judge_claims
from sim.analysis.literature.mechanism import Mechanism, mechanisms
from sim.analysis.literature.simulating import runs_of, simulated

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """One mechanism: `verdicts` has a row per claim, `means` a row per arm, of the first bank."""

    mechanism: Mechanism
    verdicts: pd.DataFrame
    means: pd.DataFrame
    n: int  # seeds


def findings(
    names: list[str] | None = None,
    quick: bool = True,
    folder: Path | None = None,
    workers: int | None = None,
) -> list[Finding]:
    """Simulate the mechanisms' arms and judge their claims; all mechanisms if none is named."""
    chosen = mechanisms(names, folder)
    requests = [(arm, one.seeds(quick)) for one in chosen for arm in one.arms.values()]
    results = simulated(requests, workers)
    return [judged(one, runs_of(one.arms, one.seeds(quick), results)) for one in chosen]


def judged(mechanism: Mechanism, runs: pd.DataFrame) -> Finding:
    """Return the verdicts on a mechanism's claims from the `runs` of its arms."""
    bank = next(iter(next(iter(mechanism.arms.values())).banks))
    runs = runs[runs["bank"] == bank].copy()  # further banks compete; they are not judged
    for name, (above, below) in mechanism.content.ratios.items():
        runs[name] = runs[above] / runs[below]
    verdicts = judge_claims(mechanism.content.claims, Frames(runs=runs))
    verdicts.insert(0, "mechanism", mechanism.name)
    means = runs.groupby("arm", sort=False)[mechanism.content.outcomes].mean()
    return Finding(mechanism, verdicts, means, runs["seed"].nunique())


def run(
    names: list[str] | None = None,
    quick: bool = True,
    folder: Path | None = None,
    workers: int | None = None,
) -> pd.DataFrame:
    """Return one row per prediction of the mechanisms named, or of all.

    Columns: mechanism, claim, statement, kind, verdict, difference with its interval `low`,
    `high` of coverage `level`, `n` seeds, `p`, `what` decided, `why`, `p_holm`.
    Raises `RequestError` for an unknown mechanism or a file that is wrong.
    """
    import pandas as pd

    found = findings(names, quick, folder, workers)
    return pd.concat([one.verdicts for one in found], ignore_index=True)
