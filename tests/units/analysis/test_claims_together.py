"""Claims of one study: judged together, under one correction, in any order of rows."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Frames
from sim.analysis.judging import judge_claims
from sim.analysis.multiplicity import holm
from tests.units.analysis.claimed import lowers


def test_claims_of_a_study_are_adjusted_together(frames):
    claims = {f"c{i}": lowers("vague", margin=m) for i, m in enumerate((0.0, 1.0, 1.4))}
    claims["clear"] = lowers("good", statement="Good lowers NPL.")
    table = judge_claims(claims, frames).set_index("claim")
    assert table["p_holm"].to_list() == pytest.approx(holm(table["p"]))
    assert table.loc["clear", ["statement", "kind", "verdict"]].tolist() == [
        "Good lowers NPL.", "difference", "supported",
    ]  # fmt: skip
    assert table.loc["clear", "level"] == pytest.approx(1 - 0.05 / 4)
    decided = table["verdict"] != "undecided"
    assert (decided == (table["p_holm"] <= 0.05)).all()


@pytest.mark.thorough
def test_company_can_undo_a_verdict_but_never_make_one(make_runs):
    rng = np.random.default_rng(41)
    lost = 0
    for _ in range(40):
        runs = make_runs(
            {arm: {"npl": rng.normal(m, 1.0, 12)} for arm, m in (("base", 1.0), ("good", 0.0))}
        )
        frames = Frames(runs=pd.concat([runs, runs[runs["arm"] == "base"].assign(arm="placebo")]))
        alone = lowers("good").judge(frames).verdict
        company = {f"p{i}": lowers("placebo") for i in range(3)}
        claims = company | {"good": lowers("good")}
        beside = weighed(claims, frames)
        assert judge_claims(claims, frames).set_index("claim").loc["good", "by_itself"] == alone
        assert beside in (alone, "undecided")
        lost += beside != alone
    assert lost > 0


def weighed(claims, frames):
    from sim.analysis.multiplicity import holm_levels
    from sim.analysis.verdicts import p_value, weigh

    pieces = [claim.evidence(frames) for claim in claims.values()]
    levels = holm_levels([p_value(one) for one in pieces], 0.05)
    return weigh(pieces[-1], float(levels[-1])).verdict


def test_row_order_is_irrelevant(frames, shuffled):
    claims = {arm: lowers(arm) for arm in ("good", "bad", "vague", "placebo")}
    pd.testing.assert_frame_equal(
        judge_claims(claims, Frames(runs=shuffled(frames.runs))), judge_claims(claims, frames)
    )
