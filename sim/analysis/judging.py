"""How to judge all claims of a study together, so that many tests add no false findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.analysis.claims import Claim, Frames
from sim.analysis.evidence import Evidence
from sim.analysis.multiplicity import holm, holm_levels
from sim.analysis.verdicts import p_value, weigh

if TYPE_CHECKING:
    from pandas import DataFrame


def judge_claims(claims: Mapping[str, Claim], frames: Frames, level: float = 0.95) -> DataFrame:
    """Return one row per claim in the order given, adjusted by Holm over all of them.

    Columns as `judge_evidence`.
    """
    pieces = {name: claim.evidence(frames) for name, claim in claims.items()}
    return judge_evidence(claims, pieces, level)


def judge_evidence(
    claims: Mapping[str, Claim], pieces: Mapping[str, Sequence[Evidence]], level: float = 0.95
) -> DataFrame:
    """Return one row per claim by the evidence given for it, adjusted by Holm over all of them.

    Columns: claim (its name), statement, kind, the fields of `Verdict`, p_holm, and by_itself (the
    verdict without adjustment).  A claim that cannot be tested counts as a test that failed, so
    adding a claim never helps another.
    """
    import pandas as pd

    p = [p_value(pieces[name]) for name in claims]
    alphas = holm_levels(p, 1 - level)
    rows = [
        {"claim": name, "statement": claim.statement, "kind": claim.kind}
        | asdict(weigh(pieces[name], float(alpha)))
        for (name, claim), alpha in zip(claims.items(), alphas, strict=True)
    ]
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(p)
    table["by_itself"] = [weigh(pieces[name], 1 - level).verdict for name in claims]
    return table
