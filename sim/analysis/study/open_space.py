"""Where in the space of what the theses leave open each claim holds, and what governs it.

Each point of a Latin hypercube is a world with measures of some strength and some price; a claim
holds there if its mean difference goes the claimed way beyond its margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.claims import Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.difference import Difference
from sim.analysis.frames import panel
from sim.analysis.governing import governing
from sim.analysis.regimes import holds_at, regime_map, share_of_design
from sim.analysis.study.arms import Arm, arm_named, scenario_of
from sim.analysis.study.claiming import arms_named_by
from sim.runs.plan import Plan
from sim.runs.sweep import Range
from sim.runs.sweeps.latin_hypercube import LatinHypercube
from sim.scenario.measure import joined_keys, with_measures
from sim.scenario.strength import dearer, strengthened
from sim.scenario.study import BASE, Study
from sim.scenario.study_designs import COST_MULTIPLE, STRENGTH, Regimes

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario.schema import Scenario

DESIGN_SEED = 20_185  # fixed, so that a study asks for the same points each time


def mapped_claims(claims: Mapping[str, Claim]) -> dict[str, list[Difference]]:
    """Return the claims that differences of arms decide; others are too dear for a map."""
    found: dict[str, list[Difference]] = {}
    for name, claim in claims.items():
        parts = claim.parts if isinstance(claim, AllOf) else [claim]
        differences = [part for part in parts if isinstance(part, Difference)]
        if len(differences) == len(parts):
            found[name] = differences
    return found


def points_of(wish: Regimes) -> list[dict[str, float]]:
    """Return the points of the design, each a value per open quantity."""
    ranges = {k: Range(low=span.low, high=span.high) for k, span in wish.quantities.items()}
    design = LatinHypercube(ranges=ranges, count=wish.points, seed=DESIGN_SEED)
    return [{k: float(str(v)) for k, v in point.items()} for point in design.points()]


def regime_plan(study: Study, wish: Regimes, claims: Mapping[str, Claim]) -> Plan:
    """Return every arm that the mapped claims compare, at every point."""
    mapped = mapped_claims(claims).values()
    names = {arm for parts in mapped for part in parts for arm in arms_named_by(part)}
    base = scenario_of(study, arm_named(study, BASE)).model_dump(mode="json")
    arms: dict[str, Scenario] = {}
    for number, point in enumerate(points_of(wish), start=1):
        for name in sorted(names):
            at = point_name(name, number)
            arms[at] = _world(study, arm_named(study, name), point, base, at)
    return Plan(arms, tuple(range(1, wish.seeds + 1)))


def point_name(arm: str, number: int) -> str:
    """Return the name of an arm at a point."""
    return f"{arm} #{number}"


def _world(
    study: Study, arm: Arm, point: Mapping[str, float], base: Mapping[str, Any], name: str
) -> Scenario:
    """Return an arm at a point, whose keys lie under the measures of its strength and price."""
    under = {k: v for k, v in point.items() if k not in (STRENGTH, COST_MULTIPLE)}
    keys, _ = joined_keys(study.measures[one] for one in arm.measures)
    values = strengthened(base, keys, point.get(STRENGTH, 1.0)) | study.said.set | dict(arm.set)
    world = with_measures(study.base, (), values, name, under)
    if COST_MULTIPLE in point:
        values = values | dearer(world, point[COST_MULTIPLE])
        world = with_measures(study.base, (), values, name, under)
    return world


def design_of(wish: Regimes, claims: Mapping[str, Claim], runs: DataFrame, bank: str) -> DataFrame:
    """Return one row per point: its quantities, and 1, 0 or nothing for each mapped claim."""
    import pandas as pd

    points = points_of(wish)
    table = pd.DataFrame(points)
    for name, parts in mapped_claims(claims).items():
        answers = [_holds(part, runs, bank, len(points)) for part in parts]
        table[name] = np.min(answers, axis=0)  # all parts must hold; NaN stays NaN
    return table


def _holds(claim: Difference, runs: DataFrame, bank: str, points: int) -> Any:
    found = []
    for number in range(1, points + 1):
        base, other = (point_name(arm, number) for arm in (claim.base, claim.other))
        one = panel(runs, [base, other], [claim.metric], bank, "drop")
        gaps = one.of(other, claim.metric) - one.of(base, claim.metric)
        found.append(float(np.nanmean(gaps)) if np.isfinite(gaps).any() else np.nan)
    return holds_at(found, claim.expect, claim.margin)


def shares_of(wish: Regimes, design: DataFrame, claims: Mapping[str, Claim]) -> DataFrame:
    """Return per claim the share of points where it holds, and the two quantities that govern it.

    Columns: claim, statement, share, low, high, n, first, second (the governing pair), explained
    (share of variance between cells of the pair), p_holm over the pairs of this claim.
    """
    import pandas as pd

    rows = []
    for name in mapped_claims(claims):
        share = share_of_design(design, name)
        ends = {"share": share.share, "low": share.low, "high": share.high, "n": share.n}
        pair = governing(design, list(wish.quantities), name).iloc[0] if share.n else None
        who = {"first": "", "second": "", "explained": np.nan, "p_holm": np.nan}
        if pair is not None:
            who = {"first": pair["first"], "second": pair["second"]}
            who |= {"explained": pair["share"], "p_holm": pair["p_holm"]}
        rows.append({"claim": name, "statement": claims[name].statement} | ends | who)
    return pd.DataFrame(rows)


def maps_of(shares: DataFrame, design: DataFrame) -> DataFrame:
    """Return the map of each claim over its governing pair: claim, first, second, x, y, share.

    A claim that holds everywhere or nowhere has no map.
    """
    import pandas as pd

    maps = [
        regime_map(design, row["first"], row["second"], row["claim"]).assign(
            claim=row["claim"], first=row["first"], second=row["second"]
        )
        for _, row in shares.iterrows()
        if row["first"] and 0.0 < row["share"] < 1.0
    ]
    return pd.concat(maps, ignore_index=True) if maps else pd.DataFrame()
