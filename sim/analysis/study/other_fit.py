"""Every claim again in a base that was fitted without the rows measured abroad.

What that fit moved (`scenarios/chinese_rows.yaml`) is added to the study's own base, key by key, in
the burn-in too, so that each bank keeps what sets it apart.  All arms of the claims run on the same
seeds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.analysis.claims import Claim
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.arms import arm_named, scenario_of
from sim.analysis.study.robust_base import setters
from sim.analysis.study.robust_points import plan_at
from sim.analysis.study.where_it_holds import frames_at, held_at, pieces_at
from sim.analysis.verdicts import weigh
from sim.core.names import BASE
from sim.runs.plan import Plan
from sim.scenario.loading import load_scenario
from sim.scenario.strength import bounded, value_at

if TYPE_CHECKING:
    from pandas import DataFrame

FITTED, USUAL = "chinese_rows", "baseline"  # scenarios: fitted without rows, and with them
FOLDER = "chinese_rows"
Word = Literal["holds", "changes", "undecided", ""]


def other_settings(study: Study) -> dict[str, float]:
    """Return the study's base values moved as the other fit moved them, by dotted key.

    Keys that a measure or the study itself sets, and those that its base lacks, are left as they
    are; values stop at their declared bounds.
    """
    base = scenario_of(study, arm_named(study, BASE)).model_dump(mode="json")
    taken = setters(study)
    found = {}
    for key, change in moved_keys():
        here = value_at(base, key)
        if key not in taken and isinstance(here, int | float) and not isinstance(here, bool):
            found[key] = bounded(base, key, float(f"{here + change:.6g}"))
    return found


def moved_keys() -> Iterator[tuple[str, float]]:
    """Yield each number that the other fit moved, and by how much."""
    usual, fitted = (load_scenario(one).model_dump(mode="json") for one in (USUAL, FITTED))
    for part in ("firms", "economy", "banks"):
        yield from _differences(part, usual[part], fitted[part])


def _differences(key: str, one: Any, other: Any) -> Iterator[tuple[str, float]]:
    if isinstance(one, Mapping):
        for name, value in one.items():
            yield from _differences(f"{key}.{name}", value, other[name])
    elif isinstance(one, int | float) and not isinstance(one, bool) and one != other:
        yield key, other - one


def other_plan(study: Study, names: Collection[str], seeds: int) -> Plan:
    """Return the arms in the other base, each as `arm #1`."""
    return plan_at(study, names, [other_settings(study)], seeds)


def in_other_base(
    study: Study, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame
) -> DataFrame:
    """Return one row per claim: its verdict there, and whether the means have the claimed sign.

    Columns: claim, chinese_verdict (by 95 % intervals, not adjusted for the number of claims, since
    each claim is repeated and no new one is found; empty where no arm has runs), chinese_holds (1,
    0 or empty).
    """
    import pandas as pd

    held, frames = (
        held_at(study, claims, runs, months, 1),
        frames_at(study, claims, runs, months, 1),
    )
    rows = []
    for name, claim in claims.items():
        pieces = pieces_at(claim, frames)
        word = weigh(pieces).verdict if pieces else ""
        holds = float(held[name].iloc[0])
        rows.append({"claim": name, "chinese_verdict": word, "chinese_holds": holds})
    return pd.DataFrame(rows)


def word_of(verdict: str, by_itself: str, there: Any, holds: float) -> Word:
    """Return whether a verdict is the same in the other base.

    `holds`: decided alike in both.  `changes`: decided otherwise there, or undecided with the
    other sign.  `undecided`: not decided there, sign alike; or not here.  Empty: not tried.  What
    is undecided here for the number of claims alone is compared by its verdict `by_itself`, since
    that there is not adjusted either.
    """
    if not isinstance(there, str) or not there or not verdict:
        return ""
    if verdict == "undecided":
        return "undecided" if there in ("undecided", by_itself) else "changes"
    if there == verdict:
        return "holds"
    if there != "undecided":
        return "changes"
    if np.isfinite(holds) and holds != (verdict == "supported"):
        return "changes"
    return "undecided"
