"""Whether each verdict stands where what nobody knows is otherwise, and on what it depends.

A claim holds at a point if the mean of each piece of its evidence has the claimed sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from sim.analysis.claims import Claim
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.regimes import Share, share_of_design
from sim.analysis.study.open_space import arms_for, mapped_claims, ranks_shares
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
Label = Literal["robust", "robust against", "depends", "open", "untested"]


class Tried(NamedTuple):
    """The points of the three ranges, and the row on ruin's gradients where it was asked for.

    Columns of both: two per claim, as `held_at`; of points also range, point, the quantities and
    `reached`, the diverted share of the base there.
    """

    points: DataFrame
    ruin: DataFrame | None


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
    shares = runs[runs["bank"] == bank].groupby("arm")[SHARE].mean() if SHARE in runs else {}
    reached = [shares.get(f"{BASE} #{k + 1}", np.nan) for k in range(len(settings))]
    points = pd.concat([table.assign(reached=reached), held], axis=1)
    if "ruin" not in spec.quantities:
        return Tried(points, None)
    at = gradients_at(study, spec)
    runs, months = carry_out(plan_at(study, names, at, spec.ruin_seeds), f"{FOLDER}/ruin")
    return Tried(points, _held(study, claims, runs, months, bank, len(at)))


def tried_claims(claims: Mapping[str, Claim]) -> dict[str, Claim]:
    """Return the claims that are tried: not those about a design, nor about shares of parts.

    Shares need each part's first and last place at every point, half as many arms again.
    """
    return {name: one for name, one in mapped_claims(claims).items() if not ranks_shares(one)}


def _held(
    study: Study, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame, bank: str,
    count: int,
) -> DataFrame:  # fmt: skip
    runs, months = (frame[frame["bank"] == bank] for frame in (runs, months))
    return held_at(study, claims, runs, months, count)


def robust_table(
    spec: Robust, tried: Tried, claims: Mapping[str, Claim], verdicts: Mapping[str, str]
) -> DataFrame:
    """Return one row per claim: what it depends on, and its label.

    Columns: claim, statement, verdict; for each range share_, low_, high_ (Wilson) and n_ of points
    at which the claim holds; depends_on, correlation, p (adjusted for the quantities), tips_at
    (empty where the line does not cross 0 within the points), side (above or below it the claim
    holds); ruin_0.75, ruin_1, ruin_1.25 (1 holds, 0 fails, empty); label.
    """
    import pandas as pd

    rows = []
    for name in tried_claims(claims):
        verdict = verdicts.get(name, "")
        row: dict[str, Any] = {"claim": name, "statement": claims[name].statement}
        row["verdict"] = verdict
        shares = {}
        for label in RANGES:
            here = tried.points[tried.points["range"] == label]
            one = shares[label] = share_of_design(here, name)
            row |= {f"share_{label}": one.share, f"low_{label}": one.low}
            row |= {f"high_{label}": one.high, f"n_{label}": one.n}
        found = depends_on(spec, tried.points, name)
        row |= _described(spec, found)
        for k, multiple in enumerate(GRADIENTS):
            row[f"ruin_{multiple:g}"] = np.nan if tried.ruin is None else tried.ruin[name].iloc[k]
        row["label"] = label_of(list(shares.values()), verdict, found)
        rows.append(row)
    return pd.DataFrame(rows)


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


def label_of(shares: list[Share], verdict: str, found: Dependence | None) -> Label:
    """Return the label of a claim from its share under each range.

    `robust`: it holds at 90 % of the points under all ranges; `robust against`: it fails at 90 %
    under all, and was not found supported.  A refuted claim that holds at 90 % is no robust
    verdict.  Else `depends` where one quantity is shown to matter, and `open` where none is.
    """
    if not all(one.n for one in shares):
        return "untested"
    if verdict != "refuted" and all(one.share >= STANDS for one in shares):
        return "robust"
    if verdict != "supported" and all((one.n - one.holds) / one.n >= STANDS for one in shares):
        return "robust against"
    return "depends" if found is not None and found.p <= LEVEL else "open"
