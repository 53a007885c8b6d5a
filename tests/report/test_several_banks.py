"""A study over several banks has one page for all, and one for each bank."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.report.document import laid_out
from sim.report.page import page_of
from sim.results.folder import read_results
from tests.report.conftest import HERE, carried_out
from tests.report.reading_html import Page
from tests.studies.ledgers import STUDY
from tests.studies.test_several import MANY, NAMES, write_banks

pytestmark = pytest.mark.thorough

SMALL = "set: {firms.count: 200, horizon: 6, burn_in.months: 4}\n"


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a study of 2 seeds over two banks of 5 arms each."""
    home = tmp_path_factory.mktemp("several")
    file = write_banks(home, MANY, STUDY.replace("measures:", f"{SMALL}measures:", 1))
    carried_out("study", file, "--seeds", 2, *HERE, "--out", home / "out")
    return home / "out"


def test_all_banks_stand_on_one_page(several: Path) -> None:
    page = Page((several / "report.html").read_text("utf-8"))
    assert page.all("h1")[0].text == "Does it add up everywhere?"
    assert "Hypothesis, written before the run It does." in page.text
    runs = {bank: pd.read_parquet(several / bank / "runs") for bank in NAMES}
    ceilings = [pd.read_parquet(several / bank / "ceilings" / "runs") for bank in NAMES]
    every = sum(map(len, [*runs.values(), *ceilings]))
    assert f"Complete: all {every} runs are done." in page.text
    for statement in ("visits lower default", "the bank's own package lowers default"):
        assert f"North: {statement}" in page.text
        assert f"South: {statement}" in page.text
    assert "Of 4 claims" in page.text
    assert "Not complete" not in page.text
    costs = pd.read_csv(several / "tables/cost.csv").set_index(["Group", "Measure"])
    for bank, frame in runs.items():
        wide = frame.pivot(index="seed", columns="arm", values="cost") / 1e6
        expected = (wide["own"] - wide["base"]).mean()
        row = costs.loc[(bank.capitalize(), "The bank's own package")]
        assert row["Operating cost, CNY million"] == pytest.approx(expected, rel=1e-8)


def test_each_bank_keeps_its_runs_and_the_effects_come_from_them(several: Path) -> None:
    assert "4 claims judged together on 2 seeds" in (several / "study.txt").read_text("utf-8")
    effects = pd.read_csv(several / "effects.csv").set_index(["bank", "arm", "metric"])
    for bank in NAMES:
        runs = pd.read_parquet(several / bank / "runs").pivot(index="seed", columns="arm")
        expected = (runs["profit"]["own"] - runs["profit"]["base"]).mean()
        assert effects.loc[(bank, "own", "profit"), "difference"] == pytest.approx(expected)
        assert set(pd.read_parquet(several / bank / "loans")["arm"]) == {"base", "package"}
        assert (several / bank / "figures/profit_bridge.png").exists()


def test_each_bank_has_a_report_of_its_own(several: Path) -> None:
    for bank in NAMES:
        page = Page((several / bank / "report.html").read_text("utf-8"))
        assert "Complete: all" in page.text
        assert "Verdicts" in [one.text for one in page.all("h2")]
        assert len(page.all("img")) > 3


def test_a_bank_that_has_not_begun_is_told(several: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(several, tmp_path / "copy"))
    shutil.rmtree(folder / "south")
    (folder / "study.json").unlink()
    page = Page(laid_out(page_of(read_results(folder), [])))
    (box,) = (one.text for one in page.elements if one.attributes.get("class") == "incomplete")
    assert "No run of South has started." in box
    assert "The study did not finish" in box
    assert "Verdicts" not in [one.text for one in page.all("h2")]
