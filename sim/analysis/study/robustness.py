"""Whether each verdict stands where what nobody knows is otherwise, and on what it depends.

A claim holds at a point if the mean of each piece of its evidence has the claimed sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from sim.analysis.claims import Claim
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.regimes import share_of_design
from sim.analysis.study import other_fit
from sim.analysis.study.open_space import arms_for, tried_claims
from sim.analysis.study.robust_points import (
    GRADIENTS,
    SHARE,
    curve_of,
    gradients_at,
    plan_at,
    points_of,
    probe_plan,
)
from sim.analysis.study.where_it_holds import distance_to, held_at
from sim.analysis.tipping import Dependence, dependence
from sim.core.names import BASE
from sim.runs.carrying import CarryOut
from sim.scenario.unknowns import RANGES, Robust, off_scale, on_scale

if TYPE_CHECKING:
    from pandas import DataFrame

FOLDER = "robust"
STANDS, LEVEL = 0.9, 0.05
ROUNDING = 1e-9  # 1 - .9 is not quite .1
FEWEST = 10  # points under a range: with fewer, 90 % of them says too little for a label
Label = Literal["robust", "robust against", "depends", "open", "few", "untested"]


class Tried(NamedTuple):
    """The points of the three ranges, and the row on ruin's gradients where it was asked for.

    Columns of both: two per claim, as `held_at`; of points also range, point, the quantities and
    `reached`, the diverted share of the base there.
    """

    points: DataFrame
    ruin: DataFrame | None
    chinese: DataFrame | None = None  # each claim in the base without the rows measured abroad


def try_all(
    study: Study, spec: Robust, claims: Mapping[str, Claim], carry_out: CarryOut, bank: str
) -> Tried:
    """Run every arm that the claims need at every point, and return where each claim holds."""
    import pandas as pd

    claims = tried_claims(claims)
    names = arms_for(study, claims.values())
    probe, curve = probe_plan(study, spec), None
    if probe is not None:
        runs, _ = carry_out(probe, f"{FOLDER}/omega")
        curve = curve_of(probe, runs[runs["bank"] == bank])
    table, settings = points_of(study, spec, curve)
    runs, months = carry_out(plan_at(study, names, settings, spec.seeds), f"{FOLDER}/points")
    held = _held(study, claims, runs, months, bank, len(settings))
    shares: dict[str, float] = {}
    if SHARE in runs:
        means = runs[runs["bank"] == bank].groupby("arm")[SHARE].mean()
        shares = {str(arm): float(mean) for arm, mean in means.items()}
    reached = [shares.get(f"{BASE} #{k + 1}", np.nan) for k in range(len(settings))]
    points = pd.concat([table.assign(reached=reached), held], axis=1)
    chinese = _in_other_base(study, spec, claims, carry_out, bank)
    if "ruin" not in spec.quantities:
        return Tried(points, None, chinese)
    at = gradients_at(study, spec)
    runs, months = carry_out(plan_at(study, names, at, spec.ruin_seeds), f"{FOLDER}/ruin")
    return Tried(points, _held(study, claims, runs, months, bank, len(at)), chinese)


def _in_other_base(
    study: Study, spec: Robust, claims: Mapping[str, Claim], carry_out: CarryOut, bank: str
) -> DataFrame | None:
    """Run the claims' arms in the base fitted to Chinese rows; None if no seed is asked for."""
    if not spec.chinese_seeds:
        return None
    plan = other_fit.other_plan(study, arms_for(study, claims.values()), spec.chinese_seeds)
    runs, months = carry_out(plan, f"{FOLDER}/{other_fit.FOLDER}")
    runs, months = (frame[frame["bank"] == bank] for frame in (runs, months))
    return other_fit.in_other_base(study, claims, runs, months)


def _held(
    study: Study, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame, bank: str,
    count: int,
) -> DataFrame:  # fmt: skip
    runs, months = (frame[frame["bank"] == bank] for frame in (runs, months))
    return held_at(study, claims, runs, months, count)


def robust_table(spec: Robust, tried: Tried, claims: Mapping[str, Claim]) -> DataFrame:
    """Return one row per claim: where it holds, and what it depends on.

    Columns: claim, statement; for each range share_, low_, high_ (Wilson) and n_ of the points
    at which the claim holds; depends_on, correlation, p (adjusted for the quantities), tips_at
    (empty where the line does not cross 0 within the points), side (above or below it the claim
    holds); ruin_0.75, ruin_1, ruin_1.25 (1 holds, 0 fails, empty); and those of `in_other_base`.
    """
    import pandas as pd

    rows = []
    for name in tried_claims(claims):
        row: dict[str, Any] = {"claim": name, "statement": claims[name].statement}
        for label in RANGES:
            one = share_of_design(tried.points[tried.points["range"] == label], name)
            row |= {f"share_{label}": one.share, f"low_{label}": one.low}
            row |= {f"high_{label}": one.high, f"n_{label}": one.n}
        row |= _described(spec, depends_on(spec, tried.points, name))
        for k, multiple in enumerate(GRADIENTS):
            row[f"ruin_{multiple:g}"] = np.nan if tried.ruin is None else tried.ruin[name].iloc[k]
        rows.append(row)
    table = pd.DataFrame(rows)
    return table if tried.chinese is None else table.merge(tried.chinese, how="left", on="claim")


def labelled(table: DataFrame, verdicts: DataFrame | None) -> DataFrame:
    """Return the table with each claim's `verdict`, empty where it was not judged, and `label`.

    With `chinese`, whether the verdict holds in the base without the rows measured abroad, where
    it was tried.
    """
    said, alone = (_of_claims(table["claim"], verdicts, name) for name in ("verdict", "by_itself"))
    shares = table[[f"share_{name}" for name in RANGES]].to_numpy(dtype=float)
    counts = table[[f"n_{name}" for name in RANGES]].min(axis=1)
    each = zip(shares, said, table["p"], counts, strict=True)
    labels = [label_of(list(one), verdict, p, int(n)) for one, verdict, p, n in each]
    table = table.assign(verdict=said, label=labels)
    if "chinese_verdict" not in table:
        return table
    there = zip(said, alone, table["chinese_verdict"], table["chinese_holds"], strict=True)
    return table.assign(chinese=[other_fit.word_of(*one) for one in there])


def _of_claims(claims: Iterable[str], verdicts: DataFrame | None, column: str) -> list[str]:
    """Return a column of the verdicts for each claim, empty where it was not judged."""
    if verdicts is None:
        return ["" for _ in claims]
    known = dict(zip(verdicts["claim"], verdicts[column], strict=True))
    return [known.get(name, "") for name in claims]


def depends_on(spec: Robust, points: DataFrame, claim: str) -> Dependence | None:
    """Return what a claim depends on most, over the points of all ranges."""
    x = np.array(
        [[on_scale(one.scale, v) for v in points[name]] for name, one in spec.quantities.items()]
    )
    shape = (len(RANGES), -1)
    distance = points[distance_to(claim)].to_numpy(dtype=float).reshape(shape)
    return dependence(x.T.reshape(*distance.shape, len(x)), distance)


def _described(spec: Robust, found: Dependence | None) -> dict[str, Any]:
    if found is None:
        empty = dict.fromkeys(("correlation", "p", "tips_at"), np.nan)
        return {"depends_on": "", **empty, "side": ""}
    name = list(spec.quantities)[found.quantity]
    tips = off_scale(spec.quantities[name].scale, found.tips_at)
    return {
        "depends_on": name, "correlation": found.correlation, "p": found.p, "tips_at": tips,
        "side": "above" if found.correlation > 0 else "below",
    }  # fmt: skip


def label_of(shares: Sequence[float], verdict: str, p: float, points: int) -> Label:
    """Return the label of a claim from its share under each range; NaN where it has no answer.

    `robust`: it holds at 90 % of the points under all ranges.  `robust against`: it fails at 90 %
    under all.  Neither if the verdict says the opposite.  Else `depends` where one quantity is
    shown to matter (p), and `open` where none is.  With too few `points` there is no label.
    """
    if points < FEWEST and np.isfinite(shares).any():  # runs of a whole range may have failed
        return "few"
    if not np.isfinite(shares).all():
        return "untested"
    if verdict != "refuted" and min(shares) >= STANDS - ROUNDING:
        return "robust"
    if verdict != "supported" and max(shares) <= 1.0 - STANDS + ROUNDING:
        return "robust against"
    return "depends" if p <= LEVEL else "open"
