"""The parts of the calibration: estimates, variants, targets, and the search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.calibration import (
    Calibration,
    Targets,
    fit,
    fitting,
    load_calibration,
    read_targets,
    score,
)
from sim.analysis.calibration.census import Census
from sim.analysis.calibration.moments import estimate
from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario

ROOT = Path(__file__).parents[2]
TARGETS = ROOT / "data" / "calibration" / "targets.yaml"
CALIBRATION = ROOT / "experiments" / "calibration" / "base_case.yaml"
BASE = ROOT / "scenarios" / "baseline.yaml"


def test_the_standard_error_of_a_mean_is_the_textbook_one():
    x = np.array([1.0, 4.0, 2.0, 9.0])
    value, error = estimate(x[:, None], lambda means: float(means[0]))
    assert value == pytest.approx(4.0)
    assert error == pytest.approx(x.std(ddof=1) / np.sqrt(4))


def test_rare_events_are_pooled_before_they_are_divided():
    pairs = np.array([[0.0, 10.0], [3.0, 20.0]])  # 3 events in 30, though the mean of rates is .075
    value, _ = estimate(pairs, lambda means: float(means[0] / means[1]))
    assert value == pytest.approx(0.1)


def test_a_seed_without_a_figure_is_left_out():
    value, _ = estimate(np.array([[1.0], [np.nan], [3.0]]), lambda means: float(means[0]))
    assert value == pytest.approx(2.0)


@pytest.mark.parametrize("carry_out", [score, fit])
def test_a_month_is_too_short_to_be_scored_or_fitted(carry_out):
    goals = load_calibration(CALIBRATION)
    with pytest.raises(RequestError, match="at least 2 months"):
        carry_out(goals, goals.base.with_({"horizon": 1}), [1, 2])


def test_the_specified_bands_stand_in_the_file():
    bands = {t.name: (t.low, t.high) for t in read_targets(TARGETS).targets}
    # written out from the specification, section 10
    assert bands["annual default"] == (0.03, 0.05)
    assert bands["approval"] == (0.40, 0.65)
    assert bands["realised loss given default"] == (0.4, 0.6)
    assert bands["cost over income"] == (0.30, 0.45)
    assert bands["return on equity"] == (0.08, 0.12)
    assert bands["coverage of non-performing loans"] == (1.2, 2.5)
    assert bands["worst over best sector"] == (2.0, 3.5)
    assert bands["depression over calm"] == (2.0, 6.0)
    assert bands["AUC with all information measures"] == (0.72, 0.80)
    assert bands["live loans diverted"] == (0.05, 0.08)


def test_some_targets_are_fitted_and_some_are_not():
    targets = read_targets(TARGETS)
    assert 0 < len(targets.fitted) < len(targets.targets)
    assert {target.role for target in targets.fitted} == {"fitted"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("moment: roe", "moment: rose", "no moment 'rose'"),
        ("low: 0.40, high: 0.65", "low: 0.65, high: 0.40", "low must be below high"),
        (
            "variant: depression",
            "variant: depresion",
            r"targets.yaml:\d+:.*no arm called 'depresion'",
        ),
    ],
)
def test_a_wrong_targets_file_is_refused(tmp_path, old, new, said):
    text = TARGETS.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "targets.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    words = CALIBRATION.read_text(encoding="utf-8")
    words = words.replace("../../data/calibration/targets.yaml", "targets.yaml")
    (tmp_path / "c.yaml").write_text(words.replace("../..", ROOT.as_posix()), encoding="utf-8")
    with pytest.raises(RequestError, match=said):
        load_calibration(tmp_path / "c.yaml")


def _toy() -> Calibration:
    """Two free parameters and no other wish than to stay near their priors."""
    targets = Targets.model_validate(
        {
            "targets": [
                {"name": "x", "moment": "roe", "low": 0.0, "high": 1.0, "unit": "share",
                 "source": "toy", "grade": "A", "role": "fitted"},
            ],
            "parameters": [
                {"key": "banks.main.branch_cost", "low": 0.0, "high": 200.0, "prior": 60.0,
                 "moment": "none"},
                {"key": "banks.main.workout.months", "low": 10, "high": 20, "prior": 12,
                 "moment": "none"},
            ],
        }
    )  # fmt: skip
    return replace(load_calibration(CALIBRATION), targets=targets)


def test_the_search_finds_a_known_minimum(monkeypatch):
    def bowl(calibration, scenario, seeds, carry_out):
        bank = scenario.banks["main"]
        before = scenario.banks_in(0)["main"]
        assert before.branch_cost == bank.branch_cost  # the book is made by the same bank
        return ((bank.branch_cost - 150.0) / 100.0) ** 2 + ((bank.workout.months - 17) / 5.0) ** 2

    monkeypatch.setattr(fitting, "objective", bowl)
    monkeypatch.setattr(fitting, "PULL", 0.0)
    found = fit(_toy(), seeds=[1, 2, 3], trials=160)
    assert found.values["banks.main.branch_cost"] == pytest.approx(150.0, abs=5.0)
    assert found.values["banks.main.workout.months"] == 17
    assert found.tried <= 160


def test_what_no_target_fixes_goes_to_its_prior_within_bounds(monkeypatch):
    monkeypatch.setattr(fitting, "objective", lambda *_: 0.0)
    found = fit(_toy(), seeds=[1, 2, 3], trials=160)
    assert found.values["banks.main.branch_cost"] == pytest.approx(60.0, abs=5.0)
    assert found.values["banks.main.workout.months"] == 12


def test_the_census_counts_every_default_of_the_ledger_once():
    base = load_scenario(BASE, set={"firms.count": 400, "horizon": 12, "burn_in.months": 12})
    census = Census(base, [1, 2]).take()
    ledger = simulate(base, seeds=[1, 2]).months.groupby("seed")["defaults"].sum().to_numpy()
    assert ledger.sum() > 0
    for split in ("sector", "size", "quality"):
        assert census.defaulted[split].sum(axis=1).tolist() == ledger.tolist()
