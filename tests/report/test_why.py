"""The chain behind each claim on the page is that of `smelend explain`; nothing is simulated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.mechanism.asked import asked
from sim.analysis.mechanism.chain import chains_of, read_chain
from sim.analysis.study.conduct import conduct
from sim.apps.cli import app
from sim.core.errors import RequestError
from sim.report.document import laid_out
from sim.report.page import page_of
from sim.report.why import why_of
from sim.results.files_since import changed_since
from sim.results.folder import read_results
from tests.studies.ledgers import Game, write_study
from tests.studies.stored import stored


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the files of a study and, in `out`, the results of a game of it."""
    home, game = tmp_path_factory.mktemp("why"), Game()
    findings = conduct(load_study(write_study(home)), game, quick=True)
    stored(findings, game.plans[-1], home / "out")
    return home


@pytest.fixture
def files(home: Path) -> Iterator[Path]:
    """Give the folder of those files to change; afterwards they are as before."""
    texts = {file: file.read_text("utf-8") for file in home.glob("*.yaml")}
    yield home
    for file, text in texts.items():
        file.write_text(text, "utf-8")


@pytest.fixture
def results(home: Path, tmp_path: Path) -> Path:
    """Give a copy of those results to change."""
    return Path(shutil.copytree(home / "out", tmp_path / "out"))


def test_a_stored_chain_is_that_of_the_files(home: Path) -> None:
    study = load_study(home / "study.yaml")
    chains = chains_of(study)
    assert set(chains) == set(study.content.claims)
    for name, stored_chain in chains.items():
        chain, one = read_chain(stored_chain), asked(study, name)
        assert (chain.base, chain.other) == (one.base, one.other)
        assert [lever.key for lever in chain.levers] == [lever.key for lever in one.levers]
        assert list(chain.metrics) == list(one.metrics)
        assert list(chain.parts) == one.parts


def test_each_claim_has_its_levers_and_says_how_to_cut_them(home: Path) -> None:
    folder = home / "out"
    found = why_of(read_results(folder))
    assert len(found) == 4
    up = found[1]  # base against visits alone
    (lever,) = up.tables[0].blocks[0].rows
    assert "visit" in lever[0].text.lower()
    assert lever[1].text.endswith("\N{RIGHTWARDS ARROW} 30")  # % a month
    assert up.cut == f"smelend explain {folder} up --cut"
    page = laid_out(page_of(read_results(folder), []))
    assert page.count('<details class="chain">') == 4
    assert up.cut in page


def test_links_that_were_cut_stand_in_the_place_of_the_command(results: Path) -> None:
    folder = results
    (folder / "why").mkdir()
    row = {"metric": "default_rate", "cut": "no lies", "effect": -0.02, "left": -0.005,
           "vanished": -0.015, "low": -0.02, "high": -0.01, "n": 8}  # fmt: skip
    pd.DataFrame([row]).to_csv(folder / "why" / "up-cuts.csv", index=False)
    found = why_of(read_results(folder))[1]
    assert found.cut == ""
    cells = [cell.text for cell in found.tables[-1].blocks[0].rows[0]]
    assert cells[0] == "no lies"
    assert "yes" in cells


def test_results_of_other_files_are_told_from_their_own(files: Path) -> None:
    results = read_results(files / "out")
    study = files / "study.yaml"
    assert changed_since(asked(load_study(study), "up"), results) == ""
    measure = files / "visits.yaml"
    text = measure.read_text("utf-8")
    measure.write_text(text.replace("0.3}", "0.2}"), "utf-8")
    changed = changed_since(asked(load_study(study), "up"), results)
    assert changed == "arm 'visits': banks.main.monitoring.monthly was 0.3 and is 0.2"
    measure.write_text(text, "utf-8")
    other = study.read_text("utf-8").replace(
        "metric: default_rate, base: base, other: visits",
        "metric: profit, base: base, other: visits",
    )
    study.write_text(other, "utf-8")
    found = changed_since(asked(load_study(study), "up"), results)
    assert found == "the claim was about default_rate"


def test_explain_refuses_a_folder_of_other_files_in_one_line(files: Path) -> None:
    folder = files / "out"
    measure = files / "visits.yaml"
    measure.write_text(measure.read_text("utf-8").replace("0.3}", "0.2}"), "utf-8")
    found = CliRunner().invoke(app, ["explain", str(folder), "up"])
    assert found.exit_code != 0
    assert isinstance(found.exception, RequestError)
    assert "was 0.3 and is 0.2); restore the file, or run the study again" in str(found.exception)
