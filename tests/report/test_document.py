"""The page says what the runs say, holds everything that it shows, and escapes what it is told."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from sim.apps.cli import main
from sim.report.document import write_report
from tests.report.malice import IMAGE, QUOTE, SCRIPT, STUDIED
from tests.report.reading_html import Page

FOLDERS = ["studied", "compared"]


def source(folder: Path) -> str:
    return (folder / "report.html").read_text("utf-8")


def page_of(folder: Path) -> Page:
    return Page(source(folder))


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest) -> Path:
    """Give each folder in turn; the command that made it wrote its report."""
    found: Path = request.getfixturevalue(request.param)
    return found


def test_the_page_holds_all_that_it_shows(folder: Path) -> None:
    page = page_of(folder)
    images = page.all("img")
    assert len(images) >= 3
    assert all(one.attributes["src"].startswith("data:image/") for one in images)
    assert all(one.attributes["alt"] for one in images)
    assert [one.attributes["href"] for one in page.all("link")] == ["data:,"]
    assert all(one.attributes["href"].startswith("#") for one in page.all("a"))
    places = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(places) == len(set(places))
    assert {one.attributes["href"].removeprefix("#") for one in page.all("a")} <= set(places)


def test_the_page_may_run_its_own_script_and_style_alone(folder: Path) -> None:
    page = page_of(folder)
    (policy,) = (
        one.attributes["content"]
        for one in page.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag in ("script", "style"):
        (own,) = page.all(tag)
        digest = hashlib.sha256(own.text.encode()).digest()
        assert rules[f"{tag}-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_words_that_would_do_harm_are_only_read(studied: Path, compared: Path) -> None:
    for folder, said in ((studied, [SCRIPT, IMAGE, QUOTE]), (compared, [SCRIPT, IMAGE])):
        page = page_of(folder)
        assert all(words in page.text for words in said)
        assert len(page.all("script")) == 1
        assert not page.all("svg")
        handlers = [name for one in page.elements for name in one.attributes if name[:2] == "on"]
        assert handlers == []


@pytest.mark.thorough
def test_the_same_folder_gives_the_same_files(compared: Path) -> None:
    folder = compared
    (folder / "tables/of-another-report.tex").write_text("stale")
    write_report(folder)
    files = [folder / "report.html", *sorted((folder / "tables").iterdir())]
    assert not (folder / "tables/of-another-report.tex").exists()
    before = {file: file.read_bytes() for file in files}
    assert write_report(folder).complete
    assert {file: file.read_bytes() for file in files} == before
    assert sorted((folder / "tables").iterdir()) == files[1:]


def test_differences_are_those_of_the_runs(studied: Path) -> None:
    runs = pd.read_parquet(studied / "runs")
    wide = runs.pivot(index="seed", columns="arm", values="profit") / 1e6
    table = pd.read_csv(studied / "tables/outcomes.csv").set_index("Outcome")
    row = table.loc["Profit after tax, all months, CNY million"]
    assert row["Difference"] == pytest.approx((wide["package"] - wide["base"]).mean(), rel=1e-8)
    assert row["Base case"] == pytest.approx(wide["base"].mean(), rel=1e-8)
    shown = f"{row['Difference']:+.9f}".replace("-", "\N{MINUS SIGN}")
    cells = [
        one.text for one in page_of(studied).all("td") if one.attributes.get("class") == "number"
    ]
    assert any(len(cell) > 3 and shown.startswith(cell[:-1]) for cell in cells)


def test_a_study_states_its_case(studied: Path) -> None:
    page = page_of(studied)
    assert page.all("h1")[0].text == f"{SCRIPT}: {SCRIPT} Do visits pay?"
    headings = [one.text for one in page.all("h2")]
    assert headings[:6] == [
        "In half a page", "Question", "In short", "What was compared, and its cost", "Verdicts",
        "Why: the chain behind each claim",
    ]  # fmt: skip
    assert headings[6] == "The three main figures"
    assert headings[-2:] == ["Assumptions", "Seeds, versions, and how to reproduce"]
    assert "They lower default & cost 5 % more." in page.text
    assert f"Complete: all {STUDIED} runs are done." in page.text
    assert "Of 2 claims" in page.text
    assert "The package lowers default (1.2)" in page.text.replace(f"{IMAGE} the", "The")
    changes = pd.read_csv(studied / "tables/changes.csv")
    assert ("8 % a month", "30 % a month") in set(
        changes[["Before", "After"]].itertuples(index=False)
    )


def test_the_command_is_shown_as_a_shell_takes_it(studied: Path) -> None:
    commands = [one.text for one in page_of(studied).all("pre")]
    words = shlex.split(commands[0])
    assert words[:2] == ["smelend", "study"]
    assert words[words.index("--out") + 1] == str(studied)
    assert shlex.split(commands[1]) == ["smelend", "rerun", str(studied)]


def test_every_assumption_names_its_grade(compared: Path) -> None:
    table = pd.read_csv(compared / "tables/assumptions.csv", keep_default_na=False)
    by_key = table.set_index("Key")
    assert by_key.loc["economy.tax_rate", ["Value", "Grade"]].tolist() == [
        "25 % of profit", "official",
    ]  # fmt: skip
    assert by_key.loc["firms.count", ["Value", "Grade"]].tolist() == ["300 firms", "the scenario"]
    assert set(table["Grade"]) <= {
        "published", "official", "calibrated", "derived", "assumed", "the scenario",
    }  # fmt: skip
    own = pd.read_csv(compared / "tables/own-values.csv")
    assert len(own) == (table["Grade"] == "the scenario").sum()
    assert f"{len(own)} are set by the scenario itself" in page_of(compared).text


def test_a_person_reads_no_names_of_code(studied: Path) -> None:
    shown = re.sub(r"<(pre|details|script|style)>.*?</\1>", " ", source(studied), flags=re.DOTALL)
    read = re.sub(r"<[^<>]*>", " ", shown)
    names = set(re.findall(r"\b[a-z]+_[a-z_]+\b", read)) - {"site_visits"}  # in its own title
    assert names == set()
    assert "nan" not in {one.text for one in page_of(studied).all("td")}


def test_one_seed_gives_no_interval(tmp_path: Path) -> None:
    size = ["--set", "firms.count=100", "--set", "horizon=2", "--set", "burn_in.months=0"]
    words = ["run", "scenarios/baseline.yaml", "--seeds", "1", *size, "--workers", "0", "--quiet"]
    assert main([*words, "--out", str(tmp_path)]) == 0
    write_report(tmp_path)
    text = page_of(tmp_path).text
    assert "Complete: the one run is done." in text
    assert "so no interval is given" in text
    assert "1 seed, 1 scenario, 2 months" in text


@pytest.mark.parametrize("there", [True, False])
def test_another_folder_is_refused_in_one_line(
    there: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path if there else tmp_path / "none"
    assert main(["report", str(folder)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert f"{folder}: no run folder" in said.err
    assert not (folder / "report.html").exists()


def test_other_numbers_are_told_in_words(studied: Path) -> None:
    regimes = pd.read_csv(studied / "tables/regimes.csv")
    claims = pd.read_csv(studied / "regimes.csv")
    assert regimes["Holds, % of points"].tolist() == pytest.approx(100 * claims["share"])
    text = page_of(studied).text
    assert "Strength of the measures (1: as assumed) 0.5 to 1.5" in text
    assert re.search(r"Rate on a bank's funding \(%\sa\syear\) 2 to 3", text)
    money = pd.read_csv(studied / "tables/equal-money.csv")
    assert money["Ranks first, % of draws"].sum() == pytest.approx(100)
    assert "the budget of each measure is 10 % of the base's operating cost" in text
