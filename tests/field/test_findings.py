"""A file of the field is checked before anything is run, and run as it says."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from experiments.pay import Asked, just_missed
from sim.analysis.experiments.kinds.field import FieldStudy, load_field
from sim.analysis.experiments.targets import Role
from sim.analysis.field import field_findings, replicate, replicating
from sim.analysis.field.near_cut_off import near_cut_off
from sim.analysis.field.page import after_table, introduction
from sim.apps.cli import main
from sim.apps.commands.validate import checked
from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.results.replications import replications_table
from sim.scenario.loading import load_scenario

ROOT = Path(__file__).parents[2]
SMALL = f"""
extends: {ROOT.as_posix()}/scenarios/baseline.yaml
horizon: 6
burn_in: {{months: 6, nature_months: 0}}
firms: {{count: 300}}
banks: {{main: {{pricing: {{margin: 0.0}}}}}}
"""
FINDING = """\
kind: field
title: A high price
source: nobody (2000)
setting: nowhere
base: small.yaml
arms:
  base: {}
  dear: {set: {banks.main.pricing.margin: 0.03}}
  other bank: {base: dear.yaml}
ratios: {size: [credit_granted, loans_granted]}
windows: {start: {of: disbursed, months: [1, 3], over: [4, 6]}}
seeds: {quick: 4, full: 6}
findings:
  rate:
    measured: the rate rises
    published: {low: 0, unit: points, grade: P, interval: P, read: abstract}
    asked: {how: difference, metric: mean_rate, other: dear, base: base}
    role: designed to
  too much:
    measured: the rate rises by ten points
    published: {value: 10, low: 9, high: 11, unit: points, grade: P, interval: A, read: notes}
    asked: {how: difference, metric: mean_rate, other: other bank, base: base}
    role: held out
    differs: margins have other causes
  start:
    measured: lending is as high at the start as later
    published: {low: 0.5, high: 99, unit: ratio, grade: R, interval: A, read: table}
    asked: {how: level, metric: start, other: base}
    role: fitted
  mood:
    measured: borrowers are cross
    published: {low: 0, unit: points, grade: P, interval: P, read: press}
    role: seen before
    lacks: nobody here has a mood
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "field"
    home.mkdir()
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    (tmp_path / "dear.yaml").write_text(SMALL.replace("margin: 0.0", "margin: 0.03"), "utf-8")
    text = FINDING.replace("small.yaml", "../small.yaml").replace("dear.yaml", "../dear.yaml")
    (home / "price.yaml").write_text(text, "utf-8")
    return home


def test_a_quick_look_from_file_to_page(folder: Path) -> None:
    assert checked(folder / "price.yaml", {}) == "field price: 4 findings, 3 arms"
    (found,) = replicate(["price"], quick=True, folder=folder, workers=0)
    table = found.table.set_index("finding")
    assert table["verdict"].to_dict() == {
        "rate": "agrees", "too much": "disagrees", "start": "agrees", "mood": "not shown",
    }  # fmt: skip

    # by hand, from the two scenarios; the months of the base for the window
    small = simulate(load_scenario(folder.parent / "small.yaml"), seeds=range(1, 5))
    dear = simulate(load_scenario(folder.parent / "dear.yaml"), seeds=range(1, 5))
    cheap = small.summary["mean_rate"].to_numpy()
    set_from_month_1 = load_scenario(
        folder.parent / "small.yaml", set={"banks.main.pricing.margin": 0.03}
    )
    later = simulate(set_from_month_1, seeds=range(1, 5)).summary["mean_rate"].to_numpy()
    assert table.loc["rate", "found"] == pytest.approx(100.0 * (later - cheap).mean())
    throughout = dear.summary["mean_rate"].to_numpy()
    assert table.loc["too much", "found"] == pytest.approx(100.0 * (throughout - cheap).mean())
    lent = small.months.pivot(index="seed", columns="month", values="disbursed")
    by_hand = (lent.loc[:, 1:3].sum(axis=1) / lent.loc[:, 4:6].sum(axis=1)).mean()
    assert table.loc["start", "found"] == pytest.approx(by_hand)

    shown = replications_table({"A high price": found.table})
    cells = [[cell.text for cell in row] for row in shown.blocks[0].rows]
    assert cells[1][1:3] == ["10 points [9, 11]", "P, A, notes"]
    assert cells[0][1] == "above 0 points"
    assert cells[3][3:5] == ["\N{EN DASH}", "not shown"]
    said = " ".join(after_table([found]).split())
    assert "**disagrees** (price): the rate rises by ten points: margins have other causes" in said
    assert "**not shown** (price): borrowers are cross: nobody here has a mood" in said
    assert "| held out | 0 | 1 | 0 | 0 |" in said
    assert "the rate rises:" not in said
    assert "4 common seeds" in introduction([found], "command")


def test_files_near_the_cut_off_are_those_of_the_event_log(folder: Path) -> None:
    scenario = load_scenario(
        folder.parent / "small.yaml",
        set={"firms.count": 800, "banks.main.staffing.bonus": 0.0},
    )
    counted = near_cut_off(scenario, seeds=[1, 2]).summary
    loans = simulate(scenario, seeds=[1, 2], detail=True).loans
    missed, near = just_missed(loans, scenario.banks["main"].approval.cut_off, Asked([1, 2], {}))
    np.testing.assert_array_equal(counted["files_near"], near)
    np.testing.assert_array_equal(counted["files_just_missed"], missed)
    assert near.sum() > missed.sum() > 0


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ("other: dear, base", "other: deer, base", "no arm called 'deer'; did you mean 'dear'?"),
        ("metric: mean_rate, other: dear", "metric: mean_rates, other: dear", "mean 'mean_rate'"),
        ("pricing.margin: 0.03", "pricing.margn: 0.03", "unknown key 'margn'"),
        ("of: disbursed", "of: disburst", "did you mean 'disbursed'?"),
        ("over: [4, 6]", "over: [4, 7]", "it needs month 7; the arms have 6 months"),
        ("months: [1, 3]", "months: [3, 1]", "months must be a first and a last month"),
        ("size: [credit_granted, loans_granted]", "size: [credit_granted]", "name two metrics"),
        ("windows: {start", "windows: {profit", "this name is taken by an outcome"),
        ("low: 9, high: 11", "low: 11, high: 9", "low <= value <= high must hold"),
        ("low: 9, high: 11, ", "", "give low, high or both"),
        ("low: 0.5, high: 99, unit: ratio", "low: 0.5, high: 99, unit: points", "'ratio' or"),
        ("role: held out", "role: holdout", "role"),
        ("read: notes", "read: hearsay", "read"),
        ("other: base}", "other: base, base: dear}", "a level is of one arm"),
        ("other: dear, base: base", "other: dear, base: base, price: profit", "elasticity needs"),
        ("other: dear, base: base", "other: dear, base: dear", "compared with itself"),
        ("lacks: nobody here has a mood", "differs: no mood", "give either `asked`, or `lacks`"),
        ("base: ../small.yaml\n", "", "give a base"),
        ("title: A high price", "titel: A high price", "title: missing"),
        ("dear.yaml", "deer.yaml", "no such file"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_before_anything_is_run(
    folder: Path, was: str, wrong: str, said: str
) -> None:
    file = folder / "price.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, wrong), "utf-8")
    with pytest.raises(RequestError) as refused:
        load_field(file)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{file}:")


def test_unknown_names_and_empty_folders_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RequestError, match="did you mean 'price'"):
        field_findings(["prise"], folder)
    with pytest.raises(RequestError, match="holds no finding"):
        field_findings((), folder / "nowhere")
    assert main(["replicate", "gietsen"]) == 2
    said = capsys.readouterr().err
    assert "no finding of the field 'gietsen'; did you mean 'gietzen'?" in said
    assert main(["replicate", "gietzen", "--keep", str(folder)]) == 2
    assert "leave out the name or --keep" in capsys.readouterr().err


def test_what_the_model_lacks_needs_no_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replicate", "paravisini_schoar", "--quick", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "not shown" in said.out


def test_the_command_writes_page_and_table_and_copies_both(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicating, "named", lambda kind: {"price": folder / "price.yaml"})
    home, kept = folder.parent / "out", folder.parent / "kept"
    words = ["replicate", "--quick", "--workers", "0", "--out", str(home), "--keep", str(kept)]
    assert main(words) == 0
    said = capsys.readouterr().out
    page = (home / "field.md").read_text("utf-8")
    assert "## A high price" in page
    assert "| designed to | 1 | 0 | 0 | 0 |" in page
    assert (kept / "field.md").read_text("utf-8") == page
    rows = (kept / "field.csv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + 4
    assert "A high price" in said
    assert main([*words, "--quiet"]) == 0  # what is there is not simulated again
    assert (home / "field.md").read_text("utf-8") == page


def shipped() -> list[FieldStudy]:
    return field_findings()


def test_the_shipped_findings_can_be_read_and_bear_their_roles() -> None:
    found = shipped()
    rows = [one for study in found for one in study.content.findings.values()]
    assert len(found) >= 10
    assert {one.role for one in rows} == set(get_args(Role))
    for study in found:
        own = {name for name, arm in study.content.arms.items() if arm.base}
        hashes = {arm.hash for name, arm in study.arms.items() if name not in own}
        assert len(hashes) == len(study.arms) - len(own), study.name
        named = {
            arm
            for one in study.content.findings.values()
            if one.asked
            for arm in (one.asked.base, one.asked.other)
        }
        assert set(study.arms) == named - {""}, study.name
