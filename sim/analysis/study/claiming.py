"""The claims of a study, each arm under its standard name.

They are read before anything is run, so that a misspelt arm is reported at its line at once and
not after an hour.
"""

from __future__ import annotations

from typing import Any

from sim.analysis.claimed_arms import BETWEEN
from sim.analysis.claims import Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.interaction import Interaction
from sim.analysis.claims.ranking import Ranking
from sim.analysis.claims.trend import Trend
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.arms import arm_named
from sim.core.errors import RequestError, nearest, nearest_few
from sim.outcomes import METRICS
from sim.scenario.varying import varied


def claims_of(study: Study) -> dict[str, Claim]:
    """Return the claims by name; raise `RequestError` at the line of one that is wrong.

    Arms get their standard name, so that ``b + a`` is found as ``a + b``.
    """
    found: dict[str, Claim] = {}
    for name, claim in study.content.claims.items():
        try:
            _check_metrics(claim)
            found[name] = _with_arms(study, claim)
        except RequestError as fault:
            raise study.refuse(("claims", name), str(fault)) from fault
    return found


def _with_arms(study: Study, claim: Claim) -> Claim:
    """Return the claim with each arm under its standard name."""

    def one(name: str) -> str:
        return arm_named(study, name).name

    if isinstance(claim, AllOf):
        return varied(claim, {"parts": [_with_arms(study, part) for part in claim.parts]})
    changes: dict[str, Any] = {
        field: one(name)
        for field in BETWEEN
        if isinstance(name := getattr(claim, field, None), str)
    }
    if isinstance(claim, Interaction):
        changes["parts"] = [one(name) for name in claim.parts]
    if isinstance(claim, Ranking) and claim.on == "runs":
        changes["order"] = [one(name) for name in claim.order]
    if isinstance(claim, Ranking) and claim.on == "contributions":
        for name in claim.order:
            if name not in study.parts:
                known = ", ".join(study.parts)
                raise RequestError(
                    f"no part called '{name}'{nearest(name, study.parts)}; known: {known}"
                )
    return varied(claim, changes)


def _check_metrics(claim: Claim) -> None:
    """Refuse an outcome that no run has; a trend uses a monthly series, which has other names."""
    if isinstance(claim, AllOf):
        for part in claim.parts:
            _check_metrics(part)
        return
    metric = getattr(claim, "metric", None)
    if metric is not None and not isinstance(claim, Trend) and metric not in METRICS:
        hint = nearest_few(metric, METRICS, "smelend describe metrics")
        raise RequestError(f"no metric '{metric}'{hint}")
