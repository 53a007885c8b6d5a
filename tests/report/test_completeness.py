"""A folder that does not hold all that was asked for says so before any number."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import sim.model.simulate
from sim.apps.cli import main
from sim.model.result import Result
from sim.model.simulate import simulate
from sim.report.completeness import completeness_of
from sim.report.document import laid_out
from sim.report.page import page_of
from sim.results.folder import read_results
from sim.scenario.schema import Scenario
from tests.report.malice import IMAGE, SCRIPT, STUDIED, write_scenarios
from tests.report.reading_html import Page

pytestmark = pytest.mark.thorough


@pytest.fixture
def copy(compared: Path, tmp_path: Path) -> Path:
    """Give a copy of the finished comparison, to be spoiled: 2 arms of 3 seeds."""
    return Path(shutil.copytree(compared, tmp_path / "comparison"))


@pytest.fixture
def study(studied: Path, tmp_path: Path) -> Path:
    """Give a copy of the finished study."""
    return Path(shutil.copytree(studied, tmp_path / "study"))


def text(folder: Path) -> Page:
    """Return the page of a folder, without its figures."""
    return Page(laid_out(page_of(read_results(folder), [])))


def box(page: Page) -> str:
    """Return what stands in the box at the top, which comes before every heading but the title."""
    (found,) = (one for one in page.elements if one.attributes.get("class") == "incomplete")
    tags = [one.tag for one in page.elements]
    assert page.elements.index(found) < tags.index("h2")
    return " ".join(found.text.split())


def change_manifest(folder: Path, **changes: object) -> None:
    place = folder / "manifest.json"
    place.write_text(json.dumps(json.loads(place.read_text("utf-8")) | changes), "utf-8")


def fail(folder: Path, *runs: tuple[str, int, str]) -> None:
    for arm, seed, error in runs:
        line = {"arm": arm, "seed": seed, "kind": "raised", "error": error, "traceback": ""}
        with (folder / "failures.jsonl").open("a") as file:
            file.write(json.dumps(line | {"at": "2026-01-01T00:00:00+00:00"}) + "\n")


def test_a_finished_folder_has_no_box(copy: Path) -> None:
    assert completeness_of(read_results(copy)).complete
    page = text(copy)
    assert "Complete: all 6 runs are done." in page.text
    assert not any(one.attributes.get("class") == "incomplete" for one in page.elements)


def test_missing_runs_are_counted(copy: Path) -> None:
    change_manifest(copy, seeds="1-5", finished=None)
    said = box(text(copy))
    assert said.startswith("Not complete: 6 of 10 runs are done.")
    assert "4 runs are not done. Repeat the command to continue." in said


def test_failed_runs_are_counted_with_their_reasons(copy: Path) -> None:
    change_manifest(copy, seeds="1-5")
    fail(
        copy,
        (SCRIPT, 4, "no solution & <b>no</b> hope"),
        (SCRIPT, 5, "no solution & <b>no</b> hope"),
    )
    said = box(text(copy))
    assert said.startswith("Not complete: 6 of 10 runs are done, 2 failed.")
    assert "2 runs failed and are left out of every number below." in said
    assert f"2 runs: no solution & <b>no</b> hope (the first: {SCRIPT}, seed 4)" in said
    assert "2 runs are not done" in said


def test_a_failure_that_was_mended_is_none(copy: Path) -> None:
    fail(copy, (SCRIPT, 1, "no solution"))
    assert completeness_of(read_results(copy)).complete


def test_a_session_that_has_not_ended_is_told(copy: Path) -> None:
    (copy / ".lock").write_text("1f0e process 7 on somewhere since 2026-01-01T00:00:00+00:00")
    said = box(text(copy))
    assert "Not complete: 6 of 6 runs are done." in said
    assert "The last session has not ended: it is still running or was interrupted." in said
    assert "somewhere" not in said


def test_a_session_that_was_killed_after_its_last_run_is_told(copy: Path) -> None:
    change_manifest(copy, finished=None)
    assert "The last session did not end normally." in box(text(copy))


def test_a_folder_without_one_run_still_has_its_page(copy: Path) -> None:
    for part in (copy / "runs").iterdir():
        part.unlink()
    page = text(copy)
    assert box(page).startswith("Not complete: 0 of 6 runs are done.")
    assert "How do bad loans, profit and access to credit" in page.text
    assert not [one for one in page.elements if one.attributes.get("id") == "tables"]


def test_a_seed_that_failed_is_left_out_of_every_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(scenario: Scenario, *, seeds: list[int], **how: object) -> Result:
        if 2 in seeds and scenario.name == IMAGE:
            raise ArithmeticError("no solution")
        return simulate(scenario, seeds=seeds)

    monkeypatch.setattr(sim.model.simulate, "simulate", broken)
    words = ["compare", *map(str, write_scenarios(tmp_path)), "--seeds", "3", "--workers", "0"]
    assert main([*words, "--set", "horizon=2", "--quiet", "--out", str(tmp_path / "out")]) == 1
    page = Page((tmp_path / "out/report.html").read_text("utf-8"))
    said = box(page)
    assert said.startswith("Not complete: 5 of 6 runs are done, 1 failed.")
    assert "1 run failed and is left out of every number below." in said
    assert f"1 run: ArithmeticError: no solution (the first: {IMAGE}, seed 2)" in said
    runs = pd.read_parquet(tmp_path / "out/runs")
    wide = runs.pivot(index="seed", columns="arm", values="cost").loc[[1, 3]] / 1e6
    table = pd.read_csv(tmp_path / "out/tables/outcomes.csv").set_index("Outcome")
    row = table.loc["Operating cost, all months, CNY million"]
    assert row["Difference"] == pytest.approx((wide[IMAGE] - wide[SCRIPT]).mean(), rel=1e-8)
    assert row[SCRIPT] == pytest.approx(wide[SCRIPT].mean(), rel=1e-8)
    assert "1 seed is left out, because not all of its runs are done" in page.text


@pytest.mark.parametrize("stale", ["missing", "other seeds", "other arms"])
def test_a_study_broken_off_judges_nothing(study: Path, stale: str) -> None:
    account = json.loads((study / "study.json").read_text("utf-8"))
    if stale == "missing":
        (study / "study.json").unlink()
    elif stale == "other seeds":
        (study / "study.json").write_text(json.dumps(account | {"seeds": 1}))
    else:
        (study / "study.json").write_text(json.dumps(account | {"arms": account["arms"][1:]}))
    page = text(study)
    said = box(page)
    assert said.startswith(f"Not complete: {STUDIED} of {STUDIED} runs are done.")
    assert "The study did not finish" in said
    headings = [one.text for one in page.all("h2")]
    assert "Verdicts" not in headings
    assert "They lower default" in page.text  # the hypothesis still stands
    assert "All outcomes" in headings  # base and package are there


def test_a_further_design_that_is_not_done_is_told(study: Path) -> None:
    change_manifest(study / "regimes", seeds="1-3", finished=None)
    said = box(text(study))
    assert said.startswith(f"Not complete: {STUDIED} of {STUDIED + 2 * 12} runs are done.")
