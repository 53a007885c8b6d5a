"""`smelend explain`: the chain behind a claim is that of the study's files, tables and runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import Study, load_study
from sim.analysis.mechanism.asked import asked
from sim.analysis.mechanism.links import AFTER, BEFORE, Arms, Cut, arms_of, differing, vanished
from sim.core.shipped import located, root
from tests.apps.command import HERE, Smelend

REFERENCE = root() / "results" / "reference"
SMALL = """\
kind: study
title: A small study
hypothesis: Care proves more misuse.
base: zhengzhou/baseline
measures: [zhengzhou/measures/post_loan]
set: {firms.count: 200, horizon: 4, burn_in.months: 6}
metrics: [default_rate, profit]
claims:
  care:
    kind: difference
    statement: post-loan monitoring lowers default
    metric: default_rate
    base: base
    other: package
    expect: lower
"""


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(located("zhengzhou", "study"))


def test_what_differs_makes_one_arm_of_the_other(study: Study) -> None:
    for name in ("post_loan", "team", "culture", "pricing_profit", "rise_is_growth"):
        found = asked(study, name)
        base, other = found.scenarios
        assert found.levers
        made = base.with_({one.key: one.after for one in found.levers})
        assert {bank: one.model_dump() for bank, one in made.banks.items()} == {
            bank: one.model_dump() for bank, one in other.banks.items()
        }


def test_each_claim_of_every_shipped_study_can_be_asked() -> None:
    for file in sorted((root() / "experiments").glob("*.yaml")):
        if not file.read_text("utf-8").count("kind: study"):
            continue
        one = load_study(file)
        for name in one.content.claims:
            found = asked(one, name)
            assert found.base != found.other
            assert found.metrics


def test_a_link_is_cut_in_both_arms_and_a_lever_put_back_in_one(study: Study) -> None:
    found = asked(study, "post_loan")
    arms = arms_of(found)
    assert arms.scenarios["base, no diversion"].firms.temptation.omega == 0.0
    assert arms.scenarios["other, no diversion"].firms.temptation.omega == 0.0
    (back,) = (cut for cut in arms.cuts if cut.title == "banks.main.monitoring.monthly as before")
    assert back.before == BEFORE
    monthly = {arm: one.banks["main"].monitoring.monthly for arm, one in arms.scenarios.items()}
    assert monthly[back.after] == monthly[BEFORE] != monthly[AFTER]


def planted(effect: float, left: float) -> pd.DataFrame:
    """Runs of 20 seeds: an effect, what a cut leaves of it, and a column that never differs."""
    random = np.random.default_rng(1)
    common, small = random.normal(size=20), 1e-3 * random.normal(size=(2, 20))
    values = {
        BEFORE: common, AFTER: common + effect + small[0],
        "base, cut": 2 * common, "other, cut": 2 * common + left + small[1],
    }  # fmt: skip
    parts = [
        pd.DataFrame({"arm": arm, "seed": range(20), "bank": "main", "risk": one, "still": 1.0})
        for arm, one in values.items()
    ]
    return pd.concat(parts, ignore_index=True)


def test_what_vanishes_is_the_effect_less_what_is_left() -> None:
    arms = Arms({}, [Cut("a link", "base, cut", "other, cut")])
    (row,) = vanished(planted(-0.5, -0.2), arms, ["risk"]).to_dict("records")
    assert row["vanished"] == pytest.approx(row["effect"] - row["left"])
    assert row["low"] < row["vanished"] < row["high"] < -0.29
    assert row["vanished"] == pytest.approx(-0.3, abs=1e-3)


def test_only_what_differs_is_listed() -> None:
    found = differing(planted(-0.5, -0.2))
    assert list(found["name"]) == ["risk"]
    assert found["difference"][0] == pytest.approx(-0.5, abs=1e-3)


def test_the_text_has_the_numbers_of_the_study_and_of_the_levers(
    smelend: Smelend, tmp_path: Path
) -> None:
    said = smelend("explain", REFERENCE / "zhengzhou" / "study", "post_loan", "--out", tmp_path)
    assert said.status == 0, said.err
    text = (tmp_path / "post_loan.txt").read_text("utf-8")
    assert text.rstrip() in said.out
    effects = pd.read_csv(REFERENCE / "zhengzhou" / "study" / "effects.csv")
    mine = effects[(effects["arm"] == "post_loan") & (effects["metric"] == "cost")]
    assert f"{1e-6 * mine['difference'].item():+.2f}" in text
    levers = pd.read_csv(REFERENCE / "levers" / "levers.csv").set_index("lever")
    assert f"{levers.loc['monitoring.proceeds_check', 'process_high']:+.4f}" in text
    section = (tmp_path / "post_loan.md").read_text("utf-8")
    assert section.startswith("# post_loan: ")
    assert "| monitoring.monthly | 0.08 \N{RIGHTWARDS ARROW} 0.33 |" in section


@pytest.mark.thorough
def test_cut_shows_processes_and_what_vanishes(smelend: Smelend, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    said = smelend("explain", file, "care", "--cut", "--seeds", 2, *HERE, "--out", tmp_path / "o")
    assert said.status == 0, said.err
    assert "What vanishes when each link is cut" in said.out
    table = pd.read_csv(tmp_path / "o" / "care-cuts.csv")
    assert set(table["metric"]) == {"default_rate"}
    assert np.allclose(table["vanished"], table["effect"] - table["left"])
    assert table["cut"].str.startswith("no diversion").any()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["zhengzhou", "post_lon"], "no claim 'post_lon'; did you mean 'post_loan'?"),
        (["zengzhou", "post_loan"], "called 'zengzhou'; did you mean 'zhengzhou'?"),
        (["five_banks", "x"], "a study is needed here"),
        (["zhengzhou", "post_loan", "--cut", "--seeds", "1"], "at least 2 are needed"),
        (["zhengzhou", "post_loan", "--seeds", "9"], "add --cut or leave them out"),
    ],
)
def test_a_wrong_request_gets_one_clear_error(
    smelend: Smelend, words: list[str], message: str
) -> None:
    said = smelend("explain", *words)
    assert said.status == 2
    assert message in said.complaint
