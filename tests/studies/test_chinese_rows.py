"""Verdicts from a base fitted without the rows measured abroad: targets, arms and words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.calibration import CalibrationFit, load_calibration, write_overlay
from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.analysis.study.other_fit import FITTED, USUAL, moved_keys, other_settings, word_of
from sim.apps.results_text import text_of_study
from sim.core.errors import RequestError
from sim.runs.plan import Plan
from sim.scenario.loading import load_scenario
from tests.studies.recorded import Recorded, reasons_in
from tests.studies.robust_case import JUDGED, read, turning
from tests.studies.stored import stored

FEW = JUDGED.replace("points: 12", "points: 4")  # the word does not depend on other points
ROOT = Path(__file__).parents[2]
FILE = ROOT / "experiments" / "calibration" / "chinese_rows.yaml"


def test_no_row_measured_abroad_is_left_and_every_fit_row_at_home_is() -> None:
    without, every = load_calibration(FILE).targets, load_calibration("calibration/base_case")
    left_out = {one.name for one in every.targets.targets} - {one.name for one in without.targets}
    abroad = {one.name for one in every.targets.targets if one.measured == "abroad"}
    assert left_out == abroad
    sources = {one.name: one.source for one in every.targets.targets}
    for name, source in sources.items():  # US, German and European sources, by their names
        named = any(word in source for word in ("SBA", "Li, Mickel", "German", "UK", "US "))
        assert named == (name in abroad)


def test_the_committed_scenario_has_what_the_file_assumes_and_frees_and_nothing_else() -> None:
    goals = load_calibration(FILE)
    allowed = {*goals.content.assumed, *goals.content.free}
    assert {key for key, _ in moved_keys()} <= allowed
    for one in goals.targets.parameters:
        value: object = load_scenario(FITTED).model_dump()
        for part in one.key.split("."):
            value = value[part]  # type: ignore[index]
        assert one.low <= value <= one.high  # type: ignore[operator]


def test_an_overlay_is_the_scenario_that_was_fitted_or_is_refused(tmp_path: Path) -> None:
    goals = load_calibration(FILE)
    values = {"firms.earnings.ruin_chance": 0.013, "economy.macro.shift": -1.75}
    read_back = write_overlay(goals, CalibrationFit(values, 0.1, 7), tmp_path / "a.yaml", "x", 3)
    assert read_back.firms.earnings.ruin_chance == 0.013
    assert read_back.economy.macro.shift == -1.75
    assert read_back.firms.earnings.ruin_by_macro == 0.23
    written = (tmp_path / "a.yaml").read_text("utf-8")
    assert "after 7 points on 3 seeds; left out: targets measured abroad." in written
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="cannot write"):
        write_overlay(goals, CalibrationFit(values, 0.1, 7), tmp_path / "file/a.yaml", "x", 3)


def test_a_misspelt_arm_that_is_scored_only_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text("utf-8").replace("../../", f"{ROOT}/")
    (tmp_path / "a.yaml").write_text(text.replace("scored_only: [", "scored_only: [wideness, "))
    with pytest.raises(RequestError, match=r"scored_only\.0: no arm called 'wideness'"):
        load_calibration(tmp_path / "a.yaml")


@pytest.mark.parametrize("bank", ["qn", "zhengzhou", "xm", "l_branch", "foreign"])
def test_each_thesis_moves_from_its_own_base(bank: str) -> None:
    study = load_study(ROOT / "experiments" / f"{bank}.yaml")
    moved = dict(moved_keys())
    found = other_settings(study)
    assert set(found) <= set(moved)
    assert "firms.earnings.ruin_chance" in found
    own = load_scenario(study.base).firms.earnings.ruin_chance
    chance = "firms.earnings.ruin_chance"
    assert found[chance] == pytest.approx(own + moved[chance])
    usual, fitted = (load_scenario(one).firms.earnings.ruin_chance for one in (USUAL, FITTED))
    assert usual != fitted


@pytest.mark.parametrize(
    ("verdict", "by_itself", "there", "holds", "word"),
    [
        ("supported", "supported", "supported", 1.0, "holds"),
        ("refuted", "refuted", "refuted", 0.0, "holds"),
        ("supported", "supported", "refuted", 0.0, "changes"),
        ("refuted", "refuted", "undecided", 0.0, "undecided"),
        ("refuted", "refuted", "undecided", 1.0, "changes"),
        ("supported", "supported", "undecided", 0.0, "changes"),
        ("supported", "supported", "undecided", np.nan, "undecided"),
        ("undecided", "undecided", "undecided", 1.0, "undecided"),
        ("undecided", "undecided", "supported", 1.0, "changes"),
        ("undecided", "supported", "supported", 1.0, "undecided"),
        ("undecided", "supported", "refuted", 0.0, "changes"),
        ("undecided", "supported", "undecided", 1.0, "undecided"),
        ("supported", "supported", "", np.nan, ""),
        ("supported", "supported", np.nan, np.nan, ""),
    ],
)
def test_the_word_says_whether_a_verdict_is_the_same_there(
    verdict: str, by_itself: str, there: object, holds: float, word: str
) -> None:
    assert word_of(verdict, by_itself, there, holds) == word


def test_a_study_says_of_each_verdict_whether_it_holds_there(tmp_path: Path) -> None:
    def otherwise(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        runs, months = turning(plan, name)
        if name == "robust/chinese_rows":  # there prices lower default, against the verdict
            price = runs["arm"].str.startswith("price")
            runs.loc[price, "default_rate"] -= 0.01 + 1e-5 * runs.loc[price, "seed"]
        return runs, months

    text = FEW.replace("  ruin_seeds: 3\n", "  ruin_seeds: 3\n  chinese_seeds: 5\n")
    recorded = Recorded(otherwise)
    findings = conduct(read(tmp_path, text), recorded, seeds=4)
    plan = recorded.plans["robust/chinese_rows"]
    assert plan.seeds == (1, 2, 3, 4, 5)
    assert set(plan.arms) == {"base #1", "visits #1", "price #1", "second #1"}
    assert findings.robust is not None
    found = dict(zip(findings.robust["claim"], findings.robust["chinese"], strict=True))
    assert found["sure"] == "holds"
    assert found["never"] == "changes"
    home = stored(findings, recorded.plans[""], tmp_path / "out")
    shown = " ".join(text_of_study(home, 200).split())
    assert "From Chinese rows alone" in shown
    assert "changes: supported" in shown
    assert reasons_in(home)["Sure"].endswith("; from Chinese rows alone: holds.")


def test_no_seed_asks_for_no_run_there(tmp_path: Path) -> None:
    text = FEW.replace("  ruin_seeds: 3\n", "  ruin_seeds: 3\n  chinese_seeds: 0\n")
    recorded = Recorded(turning)
    findings = conduct(read(tmp_path, text), recorded, seeds=4)
    assert findings.robust is not None
    assert "chinese" not in findings.robust
    assert "robust/chinese_rows" not in recorded.plans
