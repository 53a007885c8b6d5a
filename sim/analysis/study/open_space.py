"""The scenarios at which each claim is tested again: points in what the theses leave open.

Each point of a Latin hypercube is a scenario with measures of some strength and some price.  Every
claim is tested with its own arms; shares of parts are computed from first and last places alone,
because even that needs many runs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.claims import Claim
from sim.analysis.claims.ranking import Ranking
from sim.analysis.claims.regime import Regime
from sim.analysis.coalitions import Coalition
from sim.analysis.experiments.experiment import with_block
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.first_and_last import first_and_last
from sim.analysis.study.arms import Arm, arm_named, arm_of_parts, scenario_of
from sim.core.names import BASE
from sim.runs.plan import Plan
from sim.runs.sweep import SweepRange
from sim.runs.sweeps.latin_hypercube import LatinHypercube
from sim.scenario.measure import joined_keys
from sim.scenario.strength import strengthened, with_higher_prices
from sim.scenario.study_designs import COST_MULTIPLE, STRENGTH, Regimes

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

DESIGN_SEED = 20_185  # fixed, so that a study has the same points each time


def mapped_claims(claims: Mapping[str, Claim]) -> dict[str, Claim]:
    """Return the claims that are tested at every point: all but those about the points."""
    return {name: claim for name, claim in claims.items() if not isinstance(claim, Regime)}


def tried_claims(claims: Mapping[str, Claim]) -> dict[str, Claim]:
    """Return the claims that are tried: not those about a design, nor about shares of parts.

    Shares need each part's first and last place at every point, half as many arms again.
    """
    return {name: one for name, one in mapped_claims(claims).items() if not ranks_shares(one)}


def arms_for(study: Study, claims: Collection[Claim]) -> list[str]:
    """Return the arms that these claims need at a point, in order of name."""
    names = {arm for claim in claims for arm in arms_named_by(claim)}
    if any(ranks_shares(claim) for claim in claims):
        names |= set(share_arms(study).values())
    return sorted(names)


def points_of(spec: Regimes) -> list[dict[str, float]]:
    """Return the points of the design, each a value per open quantity."""
    ranges = {k: SweepRange(low=span.low, high=span.high) for k, span in spec.quantities.items()}
    design = LatinHypercube(ranges=ranges, count=spec.points, seed=DESIGN_SEED)
    return [{k: float(str(v)) for k, v in point.items()} for point in design.points()]


def regime_plan(study: Study, spec: Regimes, claims: Mapping[str, Claim]) -> Plan:
    """Return every arm that the mapped claims need, at every point."""
    names = arms_for(study, mapped_claims(claims).values())
    base = scenario_of(study, arm_named(study, BASE)).model_dump(mode="json")
    arms: dict[str, Scenario] = {}
    chosen: dict[str, dict[str, float]] = {}
    for number, point in enumerate(points_of(spec), start=1):
        under = {k: v for k, v in point.items() if k not in (STRENGTH, COST_MULTIPLE)}
        here = study.bare.with_(under)
        for name in names:
            arm = arm_named(study, name)
            at = point_name(name, number)
            chosen[at] = point
            sized = values_of(study, arm, base, point.get(STRENGTH, 1.0))
            values = {**sized, "name": at}
            arms[at] = with_block(here, values, arm.block)
            if COST_MULTIPLE in point:
                prices = with_higher_prices(arms[at], point[COST_MULTIPLE])
                arms[at] = arms[at].with_(prices)
    return Plan(arms, tuple(range(1, spec.seeds + 1)), chosen)


def point_name(arm: str, number: int) -> str:
    """Return the name of an arm at a point."""
    return f"{arm} #{number}"


def values_of(
    study: Study, arm: Arm, base: Mapping[str, Any], strength: float = 1.0
) -> dict[str, Any]:
    """Return the settings of an arm, its measures at a strength; `base` is the dumped base."""
    keys, _ = joined_keys(study.measures[one] for one in arm.measures)
    sized = strengthened(base, keys, strength)
    return sized | study.content.set | arm.block.set


def ranks_shares(claim: Claim) -> bool:
    """Return whether a claim is about shares of parts, which need arms that it does not name."""
    return isinstance(claim, Ranking) and claim.on == "contributions"


def share_arms(study: Study) -> dict[Coalition, str]:
    """Return the arms from which shares are computed at a point: each part first, and last."""
    return {one: arm_of_parts(study, one).name for one in first_and_last(list(study.parts))}
