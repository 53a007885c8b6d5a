"""Every verdict under what nobody knows: points, label, tables, and one small study end to end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.analysis.study.robust_points import Curve, curve_of, plan_at, points_of, probe_plan
from sim.analysis.study.robustness import label_of
from sim.apps.results_text import text_of_study
from sim.core.errors import RequestError
from sim.results.folder import Results
from sim.results.tables.verdicts import verdicts
from sim.runs.carrying import carried
from sim.scenario.unknowns import RANGES
from tests.studies.ledgers import write_study
from tests.studies.recorded import Recorded, reasons_in
from tests.studies.robust_case import JUDGED, TURN, read, turning
from tests.studies.stored import stored


@pytest.mark.thorough
def test_each_claim_gets_its_label_and_the_value_at_which_it_turns(tmp_path: Path) -> None:
    recorded = Recorded(turning)
    findings = conduct(read(tmp_path), recorded, seeds=4)
    assert findings.robust is not None
    table = findings.robust.set_index("claim")
    assert list(table.index) == ["sure", "never", "turns"]  # shares of parts are not tried
    assert dict(table["label"]) == {"sure": "robust", "never": "robust against", "turns": "depends"}
    turns = table.loc["turns"]
    assert (turns["depends_on"], turns["side"]) == ("taken", "below")
    assert turns["tips_at"] == pytest.approx(
        TURN, abs=0.03
    )  # the line is straight in logit, not in d
    points = findings.robust_points
    assert points is not None
    for name in RANGES:
        here = points[points["range"] == name]
        assert turns[f"share_{name}"] == pytest.approx((here["taken"] < TURN).mean())
        assert turns[f"n_{name}"] == 12
    # the gradients are none of its business: it is at the base's d, where it does not hold
    assert list(turns[["ruin_0.75", "ruin_1", "ruin_1.25"]]) == [0.0, 0.0, 0.0]
    home = stored(findings, recorded.plans[""], tmp_path / "out")
    shown = " ".join(text_of_study(home, 200).split())
    assert "Each verdict where what nobody knows is otherwise" in shown
    assert "holds below 4" in shown
    full = verdicts(Results(home))
    assert full is not None
    assert full.columns[-1].title == "Under other numbers"
    reasons = reasons_in(home)
    assert reasons["Sure"].endswith("Under other numbers: robust; from Chinese rows alone: holds.")
    assert reasons["First"].endswith("Under other numbers: not tried.")


@pytest.mark.thorough
def test_a_first_look_tries_no_other_numbers(tmp_path: Path) -> None:
    recorded = Recorded(turning)
    findings = conduct(read(tmp_path), recorded, quick=True)
    assert findings.robust is None
    assert not [name for name in recorded.plans if name.startswith("robust")]


def test_the_ranges_share_points_and_lie_half_and_twice_as_far_from_the_base(
    tmp_path: Path,
) -> None:
    study = read(tmp_path)
    spec = study.content.robust
    assert spec is not None
    curve = Curve(np.array([-9.0, 9.0]), np.array([-12.0, 6.0]), 0.05)
    table, settings = points_of(study, spec, curve)
    taken = table["taken"].to_numpy(dtype=float).reshape(3, -1)
    odds = np.log(taken / (1 - taken))
    assert odds[0] == pytest.approx(0.5 * odds[1])  # the base's d is .5, where logit is 0
    assert odds[2] == pytest.approx(2.0 * odds[1])
    assert table.loc[table["range"] == "declared", "taken"].between(0.25, 0.8).all()
    levels = table.loc[table["range"] == "declared", "diverted_share"].round(9)
    assert sorted(levels.unique()) == [0.02, 0.05, 0.08, 0.15]
    # the curve's line: logit = 1 log omega - 3
    first = settings[12]["firms.temptation.omega"]
    share = table["diverted_share"].iloc[12]
    assert first == pytest.approx(np.exp(np.log(share / (1 - share)) + 3))
    assert (table.groupby("range")["unit_costs"].min() < 1.0).all()


def test_values_are_cut_at_the_declared_bounds(tmp_path: Path) -> None:
    wide = JUDGED.replace(
        "taken: {keys: [firms.temptation.taken], values: [0.25, 0.8], scale: logit}",
        "taken: {keys: [firms.temptation.taken], values: [0.3, 0.99]}",
    )
    study = read(tmp_path, wide)
    spec = study.content.robust
    assert spec is not None
    table, settings = points_of(study, spec, Curve(np.array([0.0, 1.0]), np.array([-5, 0]), 0.05))
    doubled = table[table["range"] == "doubled"]
    assert doubled["taken"].max() == 1.0  # .5 (d / .5)^2 is above 1 from d = .71 on
    assert max(one["firms.temptation.taken"] for one in settings) == 1.0
    # omega reaches shares from 1 / (1 + e^5) to one half, and no further
    assert doubled["diverted_share"].between(1 / (1 + np.exp(5)) - 1e-12, 0.5).all()


def test_a_quantity_acts_in_the_burn_in_and_gradients_multiply_the_base(tmp_path: Path) -> None:
    study = read(tmp_path)
    under = {"firms.temptation.taken": 0.7, "unit_costs": 2.0}
    plan = plan_at(study, ["base", "visits"], [{}, under], 2)
    assert list(plan.arms) == ["base #1", "visits #1", "base #2", "visits #2"]
    plain, changed = plan.arms["base #1"], plan.arms["base #2"]
    starts = {name: arm.start_hash for name, arm in plan.arms.items()}  # type: ignore[attr-defined]
    assert starts["base #2"] == starts["visits #2"] != starts["base #1"] == starts["visits #1"]
    price = "inspection_cost"
    before, after = (getattr(one.banks["main"].monitoring, price) for one in (plain, changed))  # type: ignore[attr-defined]
    assert after == pytest.approx(2.0 * before)


def test_omega_is_found_from_the_base_itself(tmp_path: Path) -> None:
    study = read(tmp_path)
    spec = study.content.robust
    assert spec is not None
    plan = probe_plan(study, spec)
    assert plan is not None
    curve = curve_of(plan, turning(plan, "")[0])  # the diverted share is .05 omega
    assert curve.base == pytest.approx(0.05)
    assert curve.omega_for(0.1)[0] == pytest.approx(2.0)
    still = turning(plan, "")[0].assign(diverting_share=0.0)
    with pytest.raises(RequestError, match="omega does not move it"):
        curve_of(plan, still)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("keys: [firms.temptation.token]", "is no number of the base"),
        ("keys: [burn_in.months]", "is a whole number"),
        ("keys: [firms.earnings.ruin_by_sector]", "outside 0.25 to 0.8"),
        ("keys: [banks.main.pricing.sensitivity]", "is set by the measure price"),
    ],
)
def test_a_wrong_key_is_refused_in_one_line_before_anything_runs(
    tmp_path: Path, wrong: str, said: str
) -> None:
    study = read(tmp_path, JUDGED.replace("keys: [firms.temptation.taken]", wrong))
    with pytest.raises(RequestError, match=said) as fault:
        conduct(study, lambda *_: pytest.fail("it ran"), seeds=4)
    assert "robust" in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("shares", "verdict", "p", "label"),
    [
        ((1.0, 0.94, 0.9), "supported", 0.001, "robust"),
        ((1.0, 1.0, 0.88), "supported", 0.001, "depends"),
        ((1.0, 1.0, 0.88), "supported", 0.06, "open"),
        ((1.0, 1.0, 0.88), "supported", np.nan, "open"),
        ((0.0, 0.06, 0.1), "refuted", 0.001, "robust against"),
        ((0.0, 0.06, 0.1), "undecided", 0.001, "robust against"),
        ((0.0, 0.06, 0.12), "undecided", 0.001, "depends"),
        ((0.0, 0.06, 0.1), "supported", 0.001, "depends"),
        ((1.0, 1.0, 1.0), "refuted", 0.001, "depends"),
        ((1.0, 1.0, 1.0), "undecided", np.nan, "robust"),
        ((1.0, 1.0, np.nan), "supported", 0.001, "untested"),
    ],
)
def test_a_claim_is_robust_only_under_all_three_ranges_and_on_the_side_of_its_verdict(
    shares: tuple[float, ...], verdict: str, p: float, label: str
) -> None:
    assert label_of(shares, verdict, p, 10) == label


def test_fewer_than_ten_points_earn_no_label() -> None:
    assert label_of([1.0, 1.0, 1.0], "supported", 0.001, 9) == "few"


SMALL = """\
horizon: 13
burn_in: {months: 3}
firms: {count: 300, earnings: {ruin_by_quality: 1.2, ruin_by_macro: 0.4}}
banks:
  main:
    monitoring: {kind: care}
    pricing: {kind: risk_based}
    approval: {kind: cut_off}
"""


@pytest.mark.thorough
def test_a_small_study_is_tried_from_file_to_table(tmp_path: Path) -> None:
    one_claim = JUDGED.partition("  never:")[0]
    text = one_claim.replace("points: 12", "points: 4").replace("seeds: 2\n", "seeds: 1\n")
    path = write_study(tmp_path, text.replace("ruin_seeds: 3", "ruin_seeds: 2"))
    (tmp_path / "base.yaml").write_text(SMALL, "utf-8")
    with carried(None, workers=0) as carry_out:
        findings = conduct(load_study(path), carry_out, seeds=2)
    table, points = findings.robust, findings.robust_points
    assert table is not None
    assert points is not None
    assert len(points) == 12
    assert points["reached"].between(0.0, 1.0).all()
    assert (table[["n_halved", "n_declared", "n_doubled"]] == 4).all(axis=None)
    assert set(table["label"]) == {"few"}
