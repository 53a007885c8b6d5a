"""Verdicts: what supports, what refutes, what stays undecided, and what can never be supported."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import CLAIMS, Frames
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.difference import Difference
from sim.analysis.claims.interaction import Interaction
from sim.analysis.claims.ranking import Ranking
from sim.analysis.claims.regime import Regime
from sim.analysis.claims.trend import Trend
from sim.analysis.judging import judge_claims
from sim.analysis.multiplicity import holm
from sim.core.errors import RequestError

SEEDS = 30
LUCK = np.random.default_rng(39).normal(0.0, 1.0, SEEDS)


def noise(key, size=0.1):
    return np.random.default_rng(key).normal(0.0, size, SEEDS)


@pytest.fixture
def frames(make_runs):
    """Arm good lowers NPL by 1 and raises profit by 2; bad does the reverse."""
    base = {"npl": 5 + LUCK, "profit": 10 + LUCK}
    runs = make_runs(
        {
            "base": base,
            "placebo": base,
            "good": {"npl": 4 + LUCK + noise(1), "profit": 12 + LUCK + noise(2)},
            "bad": {"npl": 6 + LUCK + noise(3), "profit": 8 + LUCK + noise(4)},
            "vague": {"npl": 5 + LUCK + noise(5, 3.0), "profit": 10 + LUCK + noise(6, 3.0)},
            "both": {"npl": 2 + LUCK + noise(7), "profit": 14 + LUCK + noise(8)},
        }
    )
    return Frames(runs=runs)


def lowers(other, metric="npl", **more):
    return Difference(metric=metric, base="base", other=other, expect="lower", **more)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [("good", "supported"), ("bad", "refuted"), ("vague", "undecided"), ("placebo", "undecided")],
)
def test_a_difference(frames, other, verdict):
    found = lowers(other).judge(frames)
    assert found.verdict == verdict
    assert found.n == SEEDS
    assert (found.p <= 0.05) == (verdict != "undecided")


def test_the_interval_is_in_the_metric_s_own_direction(frames):
    found = lowers("good").judge(frames)
    assert found.low < -1.0 < found.high < 0
    assert found.what == "npl, good less base"


@pytest.mark.parametrize(
    ("margin", "verdict"),
    [(0.0, "supported"), (0.5, "supported"), (1.0, "undecided"), (1.5, "refuted")],
)
def test_the_margin_is_what_must_be_exceeded(frames, margin, verdict):
    found = lowers("good", margin=margin).judge(frames)
    assert found.verdict == verdict
    assert (found.low < -margin < found.high) == (verdict == "undecided")


def test_a_margin_below_zero_is_refused():
    # it would let arms that are equal pass
    with pytest.raises(ValueError, match="margin"):
        lowers("good", margin=-0.1)


def placebo_claims():
    same = ["base", "placebo"]
    return {
        "lower": lowers("placebo"),
        "higher": Difference(metric="npl", base="base", other="placebo", expect="higher"),
        "margin": lowers("placebo", margin=0.2),
        "ranking": Ranking(metric="npl", order=same[::-1], better="lower"),
        "all of": AllOf(parts=[lowers("placebo"), lowers("placebo", "profit")]),
        "all of, one real": AllOf(parts=[lowers("placebo"), lowers("good")]),
        "interaction": Interaction(
            metric="npl", base="base", parts=["good", "placebo"], together="good too",
            expect="lower",
        ),
        "interaction on log-odds": Interaction(
            metric="share", base="base", parts=["good", "placebo"], together="good too",
            expect="higher", scale="log-odds",
        ),
        "trend": Trend(metric="npl", arm="placebo", base="base", months=[1, 12], expect="lower"),
        "regime": Regime(column="holds", at_least=0.5),
    }  # fmt: skip


@pytest.fixture
def placebo_frames(frames):
    from sim.analysis.regimes import holds_at

    runs = frames.runs
    twin = runs[runs["arm"] == "good"].assign(arm="good too")
    runs = pd.concat([runs, twin], ignore_index=True)
    runs["share"] = 1 / (1 + np.exp(-runs["npl"]))
    months = pd.concat([runs.assign(month=m, npl=runs["npl"] + 0.1 * m) for m in (1, 12)])
    design = pd.DataFrame(
        {"macro": np.linspace(0, 1, 40), "holds": holds_at(np.zeros(40), "lower")}
    )
    return Frames(runs=runs, months=months, design=design)


@pytest.mark.parametrize("name", placebo_claims())
def test_a_placebo_is_undecided_under_every_kind(placebo_frames, name):
    found = placebo_claims()[name].judge(placebo_frames)
    assert found.verdict == "undecided"
    assert found.p == 1.0


def test_every_kind_has_a_placebo_test():
    assert {claim.kind for claim in placebo_claims().values()} == set(CLAIMS.members)


def test_noise_is_supported_no_more_often_than_it_may(make_runs):
    rng = np.random.default_rng(40)
    words = []
    for _ in range(200):
        runs = make_runs({arm: {"npl": rng.normal(size=12)} for arm in ("base", "good")})
        words.append(lowers("good").judge(Frames(runs=runs)).verdict)
    # 2.5 % each way, four standard errors
    for word in ("supported", "refuted"):
        assert words.count(word) / 200 == pytest.approx(0.025, abs=4 * np.sqrt(0.025 * 0.975 / 200))


def test_one_seed_decides_nothing(make_runs):
    runs = make_runs({"base": {"npl": [5.0]}, "good": {"npl": [1.0]}})
    found = lowers("good").judge(Frames(runs=runs))
    assert found.verdict == "undecided"
    assert "only 1 seed" in found.why


def test_a_few_equal_differences_decide_nothing(make_runs):
    runs = make_runs({"base": {"npl": [5.0] * 5}, "good": {"npl": [4.0] * 5}})
    assert lowers("good").judge(Frames(runs=runs)).verdict == "undecided"
    runs = make_runs({"base": {"npl": [5.0] * 6}, "good": {"npl": [4.0] * 6}})
    assert lowers("good").judge(Frames(runs=runs)).verdict == "supported"


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
        beside = weighed(company | {"good": lowers("good")}, frames)
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


def test_a_claim_is_read_from_plain_data():
    found = CLAIMS.get("all-of").model_validate(
        {
            "kind": "all-of",
            "statement": "Better assets and more profit together",
            "parts": [
                {
                    "kind": "difference",
                    "metric": "npl",
                    "base": "base",
                    "other": "good",
                    "expect": "lower",
                },
                {
                    "kind": "ranking",
                    "metric": "profit",
                    "order": ["good", "base"],
                    "better": "higher",
                },
            ],
        }
    )
    assert [type(part) for part in found.parts] == [Difference, Ranking]


@pytest.mark.parametrize(
    ("kind", "data", "word"),
    [
        ("difference", {"metric": "x", "base": "a", "other": "a", "expect": "lower"}, "both 'a'"),
        ("ranking", {"metric": "x", "order": ["a"], "better": "lower"}, "at least two"),
        ("ranking", {"metric": "x", "order": ["a", "a"], "better": "lower"}, "once"),
        ("trend", {"metric": "x", "arm": "a", "months": [12, 12], "expect": "lower"}, "ascending"),
        ("all-of", {"parts": []}, "at least one"),
        ("all-of", {"parts": [{"kind": "regime", "column": "x", "at_least": 0.5}]}, "regime"),
        ("regime", {"column": "x", "at_least": 1.0}, "at_least"),
        (
            "interaction",
            {"metric": "x", "base": "a", "parts": ["b"], "together": "c", "expect": "lower"},
            "two parts",
        ),
        ("difference", {"metric": "x", "base": "a", "other": "b", "expect": "down"}, "expect"),
    ],
)
def test_an_impossible_claim_is_refused_when_read(kind, data, word):
    with pytest.raises(ValueError, match=word):
        CLAIMS.get(kind).model_validate({"kind": kind, **data})


def test_an_interval_excludes_zero_exactly_when_a_claim_of_several_parts_is_decided():
    from sim.analysis.evidence import MeanEvidence
    from sim.analysis.verdicts import weigh

    steady = np.linspace(-1.0, 1.0, SEEDS)
    for shift in np.linspace(-0.6, 0.6, 41):
        parts = [MeanEvidence(f"part {k}", steady + shift, "lower") for k in range(5)]
        found = weigh(parts)
        excluded = not found.low <= 0.0 <= found.high
        assert excluded == (found.verdict != "undecided"), shift
