"""A claim of a difference: what supports or refutes it, and what can never be supported."""

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
from tests.units.analysis.claimed import SEEDS, lowers


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


@pytest.mark.thorough
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
