"""From the files of mechanisms to verdicts: supported, refuted or undecided at this precision.

Claims of one mechanism are judged together (Holm), on paired differences over common seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.claims import Frames
from sim.analysis.experiments.kinds.literature import Mechanism, load_mechanism
from sim.analysis.judging import judge_claims
from sim.core.errors import RequestError, nearest
from sim.core.shipped import named
from sim.runs.carrying import CarryOut, carried
from sim.runs.plan import Plan
from sim.scenario.comparable import refuse_incomparable

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """One mechanism: `verdicts` has a row per claim, `means` a row per arm, of the first bank."""

    mechanism: Mechanism
    verdicts: pd.DataFrame
    means: pd.DataFrame
    n: int  # seeds


def mechanisms(names: list[str] | None = None, folder: Path | None = None) -> list[Mechanism]:
    """Return the mechanisms of a folder, else those shipped, or the named ones in the order given.

    Raises `RequestError` for a folder without any and for an unknown name.
    """
    found = named("literature").values() if folder is None else sorted(folder.glob("*.yaml"))
    files = {path.stem: path for path in found}
    if not files:
        raise RequestError(f"{folder} holds no mechanism")
    for name in names or []:
        if name not in files:
            known = ", ".join(files)
            raise RequestError(f"no mechanism '{name}'{nearest(name, files)}; known: {known}")
    return [load_mechanism(files[name]) for name in names or files]


def findings(
    names: list[str] | None = None,
    quick: bool = True,
    folder: Path | None = None,
    carry_out: CarryOut | None = None,
    workers: int | None = None,
) -> list[Finding]:
    """Run the mechanisms' arms and judge their claims; all mechanisms if none is named.

    `carry_out` gets the mechanism as the name of a folder; without it nothing is kept.
    Raises `RequestError` before anything is run where arms cannot be compared.
    """
    chosen = mechanisms(names, folder)
    for one in chosen:
        try:
            refuse_incomparable(one.arms)
        except RequestError as fault:
            raise RequestError(f"{one.path}: {fault}") from fault
    found = []
    with carried(carry_out, workers) as carry:
        for one in chosen:
            runs, _ = carry(Plan(one.arms, tuple(one.seeds(quick))), one.name)
            found.append(judged(one, runs))
    return found


def judged(mechanism: Mechanism, runs: pd.DataFrame) -> Finding:
    """Return the verdicts on a mechanism's claims from the `runs` of its arms."""
    bank = next(iter(next(iter(mechanism.arms.values())).banks))
    runs = runs[runs["bank"] == bank].copy()  # further banks compete; they are not judged
    for name, (above, below) in mechanism.content.ratios.items():
        runs[name] = runs[above] / runs[below]
    verdicts = judge_claims(mechanism.content.claims, Frames(runs=runs, unmatched="drop"))
    verdicts.insert(0, "mechanism", mechanism.name)
    means = runs.groupby("arm")[mechanism.content.metrics].mean()
    shown = [arm for arm in mechanism.arms if arm in means.index]
    return Finding(mechanism, verdicts, means.loc[shown], runs["seed"].nunique())


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

    found = findings(names, quick, folder, workers=workers)
    return pd.concat([one.verdicts for one in found], ignore_index=True)
