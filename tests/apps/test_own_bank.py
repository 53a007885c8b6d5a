"""A bank of one's own, fitted to what it reports: from the starter to a scenario of studies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.analysis.calibration import (
    Calibration,
    CalibrationFit,
    load_calibration,
    refuse_no_overlay,
    write_overlay,
)
from sim.analysis.calibration.fitting import number_at
from sim.core.errors import RequestError
from sim.scenario.loading import load_scenario
from tests.apps.command import Smelend

BANK = {"banks.main.approval.pd_max": 0.07, "banks.main.pricing.margin": 0.02}


@pytest.fixture
def mine(tmp_path: Path, smelend: Smelend) -> Path:
    assert smelend("init", str(tmp_path / "mine")).status == 0
    return tmp_path / "mine"


@pytest.fixture
def goals(mine: Path) -> Calibration:
    return load_calibration(mine / "fit.yaml")


def based_on(mine: Path, base: str, text: str = "") -> Path:
    """Let the starter's fit begin from another base, a file of `text` where one is given."""
    if text:
        (mine / base).write_text(text, encoding="utf-8")
    fit = mine / "fit.yaml"
    told = fit.read_text("utf-8")
    assert "base: baseline.yaml" in told
    fit.write_text(told.replace("base: baseline.yaml", f"base: {base}"), encoding="utf-8")
    return fit


def written(goals: Calibration, values: dict[str, float], file: Path) -> CalibrationFit:
    found = CalibrationFit(values, 0.1, 7)
    write_overlay(goals, found, file, "x", 3)
    return found


def test_what_may_move_begins_where_the_bank_is(goals: Calibration) -> None:
    for one in goals.targets.parameters:
        assert one.low < one.prior < one.high
    stated = {one.key: one.prior for one in goals.targets.parameters}
    assert stated == {key: number_at(goals.base, key) for key in stated}


def test_its_fit_is_not_scored_on_seeds_of_the_fit(goals: Calibration) -> None:
    assert not set(goals.seeds("score")) & set(goals.seeds("fit"))
    assert {one.role for one in goals.targets.targets} == {"fitted"}


def test_values_of_the_bank_hold_before_month_1_too(goals: Calibration, mine: Path) -> None:
    values = {"firms.margin": 0.12, **BANK}
    written(goals, values, mine / "fitted.yaml")
    read = load_scenario(mine / "fitted.yaml")
    for month in (0, 1):
        assert read.banks_in(month)["main"].approval.pd_max == 0.07
        assert read.banks_in(month)["main"].pricing.margin == 0.02
    assert read.firms.margin == 0.12
    assert read.burn_in.months == goals.base.burn_in.months
    assert read.start_hash == goals.base.with_(values, throughout=values).start_hash


def test_what_is_dated_by_months_of_the_horizon_stays_there(goals: Calibration, mine: Path) -> None:
    before = goals.base.economy_in(0).macro.shift
    written(goals, {**BANK, "economy.macro.shift": -3.0}, mine / "fitted.yaml")
    read = load_scenario(mine / "fitted.yaml")
    assert read.economy_in(1).macro.shift == -3.0
    assert read.economy_in(0).macro.shift == before


def test_a_bank_that_changes_with_month_1_still_does(mine: Path) -> None:
    changed = "extends: baseline.yaml\nbanks: {main: {monitoring: {monthly: 0.4}}}\n"
    fit = based_on(mine, "changed.yaml", changed)
    written(load_calibration(fit), BANK, mine / "fitted.yaml")
    read = load_scenario(mine / "fitted.yaml")
    assert [read.banks_in(month)["main"].monitoring.monthly for month in (0, 1)] == [0.1, 0.4]
    assert {read.banks_in(month)["main"].approval.pd_max for month in (0, 1)} == {0.07}


def test_a_shipped_base_is_extended_by_its_name(mine: Path) -> None:
    goals = load_calibration(based_on(mine, "zhengzhou/baseline"))
    written(goals, BANK, mine / "fitted.yaml")
    assert "extends: zhengzhou/baseline\n" in (mine / "fitted.yaml").read_text("utf-8")
    assert load_scenario(mine / "fitted.yaml").banks["main"].pricing.margin == 0.02


def test_a_kind_of_policy_that_changes_with_month_1_still_does(mine: Path) -> None:
    changed = "extends: baseline.yaml\nbanks: {main: {approval: {kind: all}}}\n"
    fit = based_on(mine, "changed.yaml", changed)
    figures = mine / "figures.yaml"
    kept = [line for line in figures.read_text("utf-8").splitlines() if "pd_max" not in line]
    figures.write_text("\n".join(kept), encoding="utf-8")
    written(load_calibration(fit), {"banks.main.pricing.margin": 0.02}, mine / "fitted.yaml")
    read = load_scenario(mine / "fitted.yaml")
    assert [read.banks_in(month)["main"].approval.kind for month in (0, 1)] == ["cut_off", "all"]
    assert read.banks_in(0)["main"].approval.pd_max == 0.053


def test_a_fit_is_not_written_over_its_own_base(mine: Path, smelend: Smelend) -> None:
    made = "# Made by `x`; do not edit.\nextends: baseline.yaml\n"
    fit = based_on(mine, "fitted.yaml", made)
    for name in ("fitted.yaml", "baseline.yaml"):
        said = smelend("calibrate", "--calibration", fit, "--trials", "2", "--write", mine / name)
        assert said.status == 2
        assert "the base is made of this file" in said.complaint
    assert (mine / "fitted.yaml").read_text("utf-8") == made


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("low: 0.02, high: 0.12", "low: 0.02, high: 7", "a parameter's range: .*pd_max"),
        ("approval.pd_max", "approval.pdmax", "pdmax: there is no number of that name"),
        ("banks.main.pricing.margin", "firms.margin", "firms.margin is given twice"),
        ("banks.main.pricing.margin", "horizon", "horizon: how long a run takes"),
        ("banks.main.pricing.margin", "burn_in.nature_months", "nature_months: how long"),
        ("source: our report to the supervisor", "source: x, role: held out", None),
    ],
)
def test_what_cannot_be_fitted_is_refused_before_any_run(
    mine: Path, smelend: Smelend, old: str, new: str, said: str | None
) -> None:
    figures = mine / "figures.yaml"
    text = figures.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    if said is None:
        text, said = text.replace("source: our", "role: held out, source: our"), "nothing to fit to"
    figures.write_text(text, encoding="utf-8")
    out = mine / "out"
    found = smelend("calibrate", "--calibration", mine / "fit.yaml", "--trials", 2, "--out", out)
    assert found.status == 2
    assert re.search(said, found.complaint)
    assert not out.exists()


def test_no_target_at_all_is_one_clear_error(mine: Path, smelend: Smelend) -> None:
    (mine / "figures.yaml").write_text("targets: []\nparameters: []\n", encoding="utf-8")
    said = smelend("calibrate", "--calibration", mine / "fit.yaml", "--check")
    assert said.status == 2
    assert "name at least one" in said.complaint


@pytest.mark.parametrize("name", ["figures.yaml", "notes.txt"])
def test_a_file_that_no_fit_made_stays(mine: Path, smelend: Smelend, name: str) -> None:
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    before = (mine / name).read_bytes()
    fit, place = mine / "fit.yaml", mine / name
    said = smelend("calibrate", "--calibration", fit, "--trials", "2", "--write", place)
    assert said.status == 2
    assert "there is such a file already, and no fit made it" in said.complaint
    assert place.read_bytes() == before


def test_a_place_that_cannot_be_written_is_refused_before_any_run(
    goals: Calibration, mine: Path
) -> None:
    (mine / "file").touch()
    for place in (mine / "file" / "fitted.yaml", mine):
        with pytest.raises(RequestError, match="cannot write"):
            refuse_no_overlay(goals, place)


def test_the_file_of_a_calibration_is_no_scenario(mine: Path, smelend: Smelend) -> None:
    said = smelend("calibrate", str(mine / "fit.yaml"), "--check")
    assert said.status == 2
    assert "this is an experiment of kind 'calibration', not a scenario" in said.complaint


@pytest.mark.parametrize("name", ["npl_begin", "approval_rate", "mean_rate"])
def test_what_a_target_may_name_is_listed(smelend: Smelend, name: str) -> None:
    said = smelend("describe", "moments", name, "--format", "csv")
    assert said.status == 0
    assert any(line.startswith(f"{name},") for line in said.out.splitlines())


def test_a_misspelt_moment_names_the_nearest(mine: Path, goals: Calibration) -> None:
    figures = mine / "figures.yaml"
    text = figures.read_text("utf-8").replace("approval_rate", "aproval_rate")
    figures.write_text(text, encoding="utf-8")
    line = 1 + text[: text.index("aproval_rate")].count("\n")
    with pytest.raises(RequestError, match=rf"yaml:{line}:.*did you mean 'approval_rate'"):
        load_calibration(goals.path)


def test_a_lever_with_rules_says_which_part_can_be_fitted(mine: Path, smelend: Smelend) -> None:
    bank = mine / "baseline.yaml"
    text = bank.read_text("utf-8").replace(
        "pd_max: 0.053", "pd_max: {otherwise: 0.053, when: [{if: {amount: {over: 1}}, then: 0.05}]}"
    )
    bank.write_text(text, encoding="utf-8")
    said = smelend("calibrate", "--calibration", str(mine / "fit.yaml"), "--trials", "2")
    assert said.status == 2
    assert "name the part to fit, as banks.main.approval.pd_max.otherwise" in said.complaint
