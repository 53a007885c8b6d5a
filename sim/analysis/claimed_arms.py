"""Which arms a claim compares, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator

from sim.analysis.claims import Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.interaction import Interaction
from sim.analysis.claims.ranking import Ranking

BETWEEN = ("base", "other", "arm", "together")  # fields that name one arm


def arms_named_by(claim: Claim) -> Iterator[str]:
    """Yield the arms that a claim compares."""
    if isinstance(claim, AllOf):
        for part in claim.parts:
            yield from arms_named_by(part)
        return
    for field in BETWEEN:
        name = getattr(claim, field, None)
        if isinstance(name, str):
            yield name
    if isinstance(claim, Interaction):
        yield from claim.parts
    if isinstance(claim, Ranking) and claim.on == "runs":
        yield from claim.order
