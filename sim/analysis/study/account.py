"""What a study asks, as plain data stored with its runs, so that readers do not need its files.

The hypothesis is stored before the first run, so a report cannot show another one later.
"""

from __future__ import annotations

from typing import Any

from sim.analysis.claim import Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.experiments.kinds.study import Study


def account_of(study: Study) -> dict[str, Any]:
    """Return the title, hypothesis, measures, parts, arms, claims and designs of a study."""
    content = study.content.model_dump(mode="json")
    kept = (
        "title",
        "hypothesis",
        "why",
        "set",
        "arms",
        "metrics",
        "equal_money",
        "same_rate",
        "regimes",
        "robust",
    )
    measures = {
        name: {
            **measure.content.model_dump(
                mode="json", include={"title", "thesis", "why", "package"}
            ),
            "statements": list(measure.content.statements),
            "keys": dict(measure.keys),
        }
        for name, measure in study.measures.items()
    }
    return {
        "name": study.name,
        "file": str(study.path),
        "base_name": study.bare.name,
        **{name: content[name] for name in kept},
        "measures": measures,
        "parts": {name: list(members) for name, members in study.parts.items()},
        "claims": {name: claim.statement for name, claim in study.content.claims.items()},
        "joint": [name for name, claim in study.content.claims.items() if _is_joint(claim)],
    }


def _is_joint(claim: Claim) -> bool:
    """Return whether a claim wants outcomes to move in different directions at once."""
    parts = claim.parts if isinstance(claim, AllOf) else []
    return len({getattr(part, "expect", None) for part in parts}) > 1
