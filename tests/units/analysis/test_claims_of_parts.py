"""Claims of several parts: rankings, all-of, interactions, trends and regimes."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Frames
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.difference import Difference
from sim.analysis.claims.interaction import Interaction
from sim.analysis.claims.ranking import Ranking
from sim.analysis.claims.regime import Regime
from sim.analysis.claims.trend import Trend
from sim.core.errors import RequestError
from tests.units.analysis.claimed import LUCK, SEEDS, lowers, noise


def rank(*order, **more):
    return Ranking(metric="npl", order=list(order), better="lower", **more)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (rank("both", "good", "base", "bad", scope="full"), "supported"),
        (rank("both", "good", "bad", "base", scope="full"), "refuted"),
        (rank("both", "good", "vague", scope="full"), "undecided"),
        (rank("both", "bad", "good", "vague"), "supported"),
        (rank("good", "both", "vague"), "refuted"),
        (rank("good", "bad", margin=1.5), "supported"),
        (rank("good", "bad", margin=2.5), "refuted"),
    ],
)
def test_a_ranking(frames, claim, verdict):
    found = claim.judge(frames)
    if verdict == "undecided":
        assert "vague" in found.what
    assert found.verdict == verdict


def test_packages_are_ranked_by_their_shares(frames):
    shares = pd.concat(
        [
            pd.DataFrame({"arm": arm, "seed": range(SEEDS), "bank": "main", "npl": v + noise(k)})
            for k, (arm, v) in enumerate({"before": -2.0, "after": -1.0}.items())
        ]
    )
    claim = rank("before", "after", on="contributions")
    assert claim.judge(Frames(contributions=shares)).verdict == "supported"
    with pytest.raises(RequestError, match="needs the frame 'contributions'"):
        claim.judge(frames)


def test_all_of_is_as_weak_as_its_weakest_part(frames):
    raises = Difference(metric="profit", base="base", other="good", expect="higher")
    assert AllOf(parts=[lowers("good"), raises]).judge(frames).verdict == "supported"
    found = AllOf(parts=[lowers("good"), raises, lowers("vague")]).judge(frames)
    assert found.verdict == "undecided"
    assert found.what == "npl, vague less base"
    found = AllOf(parts=[lowers("good"), lowers("bad"), lowers("vague")]).judge(frames)
    assert found.verdict == "refuted"
    assert found.what == "npl, bad less base"


def test_refuting_a_part_pays_for_the_number_of_parts(frames):
    # NPL of vague against base, claimed in the wrong direction by a margin that p just meets
    parts = [lowers("vague", margin=1.1), lowers("good")]
    alone = parts[0].judge(frames)
    together = AllOf(parts=parts).judge(frames)
    assert alone.p < 1.0
    assert together.p == pytest.approx(min(1.0, 2 * alone.p))


def test_the_interval_of_a_refuted_part_is_as_wide_as_its_test(frames):
    found = AllOf(parts=[lowers("good"), lowers("bad")]).judge(frames)
    alone = lowers("bad").judge(frames)
    assert (found.verdict, found.level) == ("refuted", pytest.approx(0.975))
    assert found.low < alone.low < alone.high < found.high


def test_an_interaction(frames):
    def claim(expect, **more):
        parts = ["good", "bad"]
        return Interaction(
            metric="npl", base="base", parts=parts, together="both", expect=expect, **more
        )

    # 2 - 4 - 6 + 5 = -3
    found = claim("lower").judge(frames)
    assert (found.verdict, round(found.difference)) == ("supported", -3)
    assert claim("higher").judge(frames).verdict == "refuted"
    assert claim("lower", margin=3.5).judge(frames).verdict == "refuted"


def test_a_whole_against_the_sum_of_three_parts(frames):
    claim = Interaction(
        metric="npl",
        base="base",
        parts=["good", "bad", "vague"],
        together="both",
        expect="lower",
    )
    # 2 - (4 + 6 + 5) + 2 * 5 = -3
    assert claim.judge(frames).difference == pytest.approx(-3.0, abs=4 * 3.0 / np.sqrt(SEEDS))
    wide = frames.runs.pivot(index="seed", columns="arm", values="npl")
    change = wide.sub(wide["base"], axis=0).mean()
    by_hand = change["both"] - change["good"] - change["bad"] - change["vague"]
    assert claim.judge(frames).difference == pytest.approx(by_hand)


def test_default_rates_interact_on_log_odds_unless_told_otherwise(make_runs):
    odds = {"base": 0.08, "a": 0.04, "b": 0.04, "ab": 0.02}
    wobble = 1 + 0.01 * LUCK
    runs = make_runs({arm: {"default_rate": wobble * o / (1 + o)} for arm, o in odds.items()})
    asked = {"metric": "default_rate", "base": "base", "parts": ["a", "b"], "together": "ab"}
    auto = Interaction(**asked, expect="higher").judge(Frames(runs=runs))
    plain = Interaction(**asked, expect="higher", scale="plain").judge(Frames(runs=runs))
    assert abs(auto.difference) < 0.01
    assert plain.verdict == "supported"


@pytest.fixture
def months():
    """NPL of `rises` goes 2, 3, 4, 5 at months 0, 12, 24, 36; of `dips` 2, 3, 2.5, 5."""
    frames = []
    for arm, path in {"rises": [2, 3, 4, 5], "dips": [2, 3, 2.5, 5]}.items():
        for month in range(37):
            level = np.interp(month, [0, 12, 24, 36], path)
            frames.append(
                pd.DataFrame(
                    {
                        "arm": arm,
                        "seed": range(SEEDS),
                        "bank": "main",
                        "month": month,
                        "npl": level + LUCK + noise(month),
                    }
                )
            )
    return Frames(months=pd.concat(frames, ignore_index=True))


def rising(arm, **more):
    return Trend(
        **({"metric": "npl", "arm": arm, "months": [0, 12, 24, 36], "expect": "higher"} | more)
    )


def test_a_trend_holds_at_every_step_or_not_at_all(months):
    assert rising("rises").judge(months).verdict == "supported"
    found = rising("dips").judge(months)
    assert found.verdict == "refuted"
    assert found.what == "npl of dips, month 12 to 24"
    assert found.difference == pytest.approx(-0.5, abs=0.1)


def test_a_trend_may_be_averaged_over_a_window(months):
    # means of months 1-12 and 13-24: 2 + 6.5/12 and 3 + 6.5/12
    found = rising("rises", months=[12, 24], window=12).judge(months)
    assert found.difference == pytest.approx(1.0, abs=0.03)
    assert found.verdict == "supported"


def test_a_trend_of_a_difference(months):
    claim = rising("rises", base="dips", months=[12, 24])
    found = claim.judge(months)
    assert (found.verdict, round(found.difference, 1)) == ("supported", 1.5)


def test_a_month_that_was_not_run_is_named(months):
    with pytest.raises(RequestError, match="has no month 48"):
        rising("rises", months=[36, 48]).judge(months)


@pytest.mark.parametrize(
    ("share", "verdict"), [(0.9, "supported"), (0.55, "undecided"), (0.2, "refuted")]
)
def test_a_regime(share, verdict):
    design = pd.DataFrame({"macro": np.arange(200), "holds": np.arange(200) < round(200 * share)})
    found = Regime(column="holds", at_least=0.5).judge(Frames(design=design))
    assert found.verdict == verdict
    assert found.difference == share
    assert (found.low < 0.5 < found.high) == (verdict == "undecided")
    inside = Regime(column="holds", at_least=0.5, within={"macro": [0.0, 30.0]})
    assert inside.judge(Frames(design=design)).difference == 1.0


def test_an_interval_excludes_zero_exactly_when_a_claim_of_several_parts_is_decided():
    from sim.analysis.evidence import MeanEvidence
    from sim.analysis.verdicts import weigh

    steady = np.linspace(-1.0, 1.0, SEEDS)
    for shift in np.linspace(-0.6, 0.6, 41):
        parts = [MeanEvidence(f"part {k}", steady + shift, "lower") for k in range(5)]
        found = weigh(parts)
        excluded = not found.low <= 0.0 <= found.high
        assert excluded == (found.verdict != "undecided"), shift
