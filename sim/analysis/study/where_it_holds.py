"""Where each claim holds in the space that the theses leave open, and what governs it.

A claim holds at a point if the means of its evidence exceed their margins as claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from sim.analysis.bins import bins_for
from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.claims import Claim, Frames
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.trend import Trend
from sim.analysis.evidence import MeanEvidence
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.first_and_last import first_and_last_by_seed
from sim.analysis.governing import governing
from sim.analysis.regimes import holds_at, regime_map, share_of_design
from sim.analysis.study.open_space import mapped_claims, points_of, ranks_shares, share_arms
from sim.core.arrays import Floats
from sim.scenario.study_designs import Regimes

if TYPE_CHECKING:
    from pandas import DataFrame


def design_of(
    study: Study, spec: Regimes, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame
) -> DataFrame:
    """Return one row per point: its quantities, and two columns per mapped claim.

    The column of its name is 1, 0 or empty: the claim holds if the mean of every piece of its
    evidence exceeds its margin as claimed.  The other, `distance_to(name)`, is how far the mean
    lies beyond the margin, in the metric's unit; of several pieces it is the one nearest to
    failing, each divided by its spread between points.
    """
    import pandas as pd

    points = points_of(spec)
    held = held_at(study, claims, runs, months, len(points))
    return pd.concat([pd.DataFrame(points), held], axis=1)


def held_at(
    study: Study, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame, count: int
) -> DataFrame:
    """Return one row for each of `count` points, `arm #1` first, and the two columns per claim.

    A point where every run of an arm that a claim needs failed is empty for this claim.
    """
    import pandas as pd

    mapped = mapped_claims(claims)
    frames = [frames_at(study, mapped, runs, months, k + 1) for k in range(count)]
    columns: dict[str, Any] = {}
    for name, claim in mapped.items():
        found = [pieces_at(claim, at) for at in frames]
        first = next(filter(None, found), [])
        if not first:
            columns[name] = columns[distance_to(name)] = np.full(count, np.nan)
            continue
        lost = [np.nan] * len(first)
        means = np.array([[_mean(one) for one in at] or lost for at in found])  # (points, pieces)
        holds, distances = [], []
        for piece, values in zip(first, means.T, strict=True):
            holds.append(holds_at(values, piece.expect, piece.margin))
            sign = -1.0 if piece.expect == "lower" else 1.0
            distances.append(sign * values - piece.margin)
        if len(distances) > 1:
            distances = [one / (_spread(one) or 1.0) for one in distances]
        columns[name] = np.min(holds, axis=0)  # all pieces must hold; NaN stays NaN
        columns[distance_to(name)] = np.min(distances, axis=0)
    return pd.DataFrame(columns)


def distance_to(claim: str) -> str:
    """Return the name of the column that says how far a claim is from failing."""
    return f"{claim} (distance)"


def frames_at(
    study: Study, claims: Mapping[str, Claim], runs: DataFrame, months: DataFrame, number: int
) -> Frames:
    """Return the frames of one point, with arms named as in the study."""

    def at(frame: DataFrame) -> DataFrame:
        names, _, point = (frame["arm"].str.rpartition(" #")[k] for k in range(3))
        return frame.assign(arm=names)[point == str(number)]

    here = at(runs)
    shares = None
    metrics = {claim.metric for claim in claims.values() if ranks_shares(claim)}  # type: ignore[attr-defined]
    if metrics and set(share_arms(study).values()) <= set(here["arm"]):
        parts = list(study.parts)
        shares = first_and_last_by_seed(here, share_arms(study), parts, metrics, "drop")
    return Frames(here, at(months), shares, unmatched="drop")


def pieces_at(claim: Claim, at: Frames) -> list[MeanEvidence]:
    """Return the evidence for a claim at a point; none where an arm that it needs has no run."""
    if ranks_shares(claim) and at.contributions is None:
        return []
    for part in claim.parts if isinstance(claim, AllOf) else [claim]:
        frame = at.need("months" if isinstance(part, Trend) else "runs")
        if not set(arms_named_by(part)) <= set(frame["arm"]):
            return []
    return [cast(MeanEvidence, one) for one in claim.evidence(at)]


def _spread(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.std()) if len(known) else np.nan


def _mean(piece: MeanEvidence) -> float:
    known = piece.values[np.isfinite(piece.values)]
    return float(known.mean()) if len(known) else np.nan


def shares_of(spec: Regimes, design: DataFrame, claims: Mapping[str, Claim]) -> DataFrame:
    """Return per claim the share of points where it holds, and the two quantities that govern it.

    Columns: claim, statement, share, low, high, n, first, second (the governing pair), explained
    (share of the variance of the claim's distance from failing that lies between cells of the
    pair), p_holm over the pairs of this claim.
    """
    import pandas as pd

    rows = []
    for name in mapped_claims(claims):
        share = share_of_design(design, name)
        ends = {"share": share.share, "low": share.low, "high": share.high, "n": share.n}
        pair = None
        if share.n:
            pair = governing(design, list(spec.quantities), distance_to(name)).iloc[0]
        governed = {"first": "", "second": "", "explained": np.nan, "p_holm": np.nan}
        if pair is not None:
            governed = {"first": pair["first"], "second": pair["second"]}
            governed |= {"explained": pair["share"], "p_holm": pair["p_holm"]}
        rows.append({"claim": name, "statement": claims[name].statement} | ends | governed)
    return pd.DataFrame(rows)


def maps_of(shares: DataFrame, design: DataFrame) -> DataFrame:
    """Return the map of each claim over its governing pair: claim, first, second, x, y, share.

    Quantities have as few classes as the points ask for.  A claim that was tested at no point has
    no map; one of too few points is stored and not drawn.
    """
    import pandas as pd

    maps = [
        regime_map(
            design, row["first"], row["second"], row["claim"], bins_for(int(row["n"]))
        ).assign(claim=row["claim"], first=row["first"], second=row["second"])
        for _, row in shares.iterrows()
        if row["first"]
    ]
    return pd.concat(maps, ignore_index=True) if maps else pd.DataFrame()
