"""Every figure that a folder allows is drawn from disk; every other one is named with a reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.report.figures.catalogue import FIGURES
from sim.report.figures.gallery import draw_all
from sim.results.folder import Results
from sim.results.quantity_words import quantity
from sim.results.wording import arm_words

STORED = Path(__file__).parents[3] / "results/reference/zhengzhou/study"  # tables without runs


@pytest.mark.thorough
def test_a_folder_of_tables_alone_gives_what_they_allow(tmp_path: Path) -> None:
    found = draw_all(STORED, tmp_path)
    names = [one.name for one in found.drawn]
    assert names[:2] == ["claims", "attribution"]
    assert [one.importance for one in found.drawn] == sorted(o.importance for o in found.drawn)
    for one in found.drawn:
        assert one.png.read_bytes().startswith(b"\x89PNG")
        assert "<svg" in one.svg.read_text("utf-8")
        assert len(pd.read_csv(one.csv)) > 0
        assert one.title
        assert one.caption
    why = {one.name: one.why for one in found.skipped}
    assert "--detail" in why["vintages"]
    assert "monthly series" in why["npl_and_profit"]
    assert {*names, *why} == {entry.name for entry in FIGURES}
    assert not (STORED / "figures").exists()


def test_the_catalogue_names_each_figure_once_in_words(tmp_path: Path) -> None:
    names = [entry.name for entry in FIGURES]
    assert len(set(names)) == len(names)
    places = [entry.importance for entry in FIGURES]
    assert sorted(places) == list(range(1, len(places) + 1))
    for entry in FIGURES:
        assert "_" not in entry.title + entry.caption
        assert entry.caption.endswith(".")
        assert len(re.findall(r"[.!?](?=\s|$)", entry.caption)) == 1, "one sentence"


def test_what_is_broken_or_empty_is_a_reason_and_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "loans").mkdir(parents=True)
    (folder / "loans" / "0.parquet").write_bytes(b"no table")
    (folder / "verdicts.csv").write_text("")
    (folder / "interactions.csv").write_text("bank,metric\nmain,default_rate\n")
    found = draw_all(folder)
    assert found.drawn == ()
    why = {one.name: one.why for one in found.skipped}
    assert set(why) == {entry.name for entry in FIGURES}
    assert "verdicts.csv" in why["claims"]
    with pytest.raises(RequestError, match="no such folder"):
        draw_all(tmp_path / "nowhere")


def test_measures_have_the_titles_that_a_study_keeps() -> None:
    words = pd.read_csv(STORED / "words.csv").set_index(["kind", "name"])["title"]
    results_folder = Results(STORED)
    assert results_folder.kind == "study"
    assert results_folder.compared == ["base", "package"]
    assert (
        results_folder.title_of("post_loan")
        == words["measure", "post_loan"]
        == "Post-loan monitoring"
    )


def test_arms_have_words_instead_of_paths(tmp_path: Path) -> None:
    for table in STORED.glob("*.csv"):
        if table.name != "words.csv":  # as a study of before titles were kept
            shutil.copy(table, tmp_path)
    results_folder = Results(tmp_path)
    assert results_folder.title_of("post_loan") == "Post-loan care"
    assert results_folder.title_of("rating + approval") == "Rating + Approval"
    assert results_folder.title_of("package - team") == "All measures \N{MINUS SIGN} Team"


def test_arms_of_one_name_keep_the_folder_that_tells_them_apart() -> None:
    assert arm_words(["a/baseline", "b/new_rating"]) == {
        "a/baseline": "Baseline", "b/new_rating": "New rating",
    }  # fmt: skip
    assert arm_words(["<i>1</i>", "a/b"]) == {"<i>1</i>": "<i>1</i>", "a/b": "B"}  # no path
    assert arm_words(["a/same", "b/same"]) == {"a/same": "A/same", "b/same": "B/same"}


def test_open_quantities_are_told_by_their_meaning() -> None:
    assert quantity("cost_multiple").words == "Price of the measures (1: as assumed)"
    for key in ("firms.demand.liars", "banks.main.staffing.turnover_monthly",
                "economy.macro.shift", "banks.main.growth_target"):  # fmt: skip
        words = quantity(key).words
        assert "_" not in words
        assert key.rpartition(".")[2] != words
    assert quantity("firms.demand.liars").factor == 100.0
    assert quantity("banks.any name.growth_target").words.endswith("(%\u00a0a\u00a0year)")
    assert quantity("some.un_known") == ("Some un known", 1.0, "")
