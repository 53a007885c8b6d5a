"""The half page: every number on it is that of the tables, in English, Markdown and Chinese."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.apps.commands.init import STARTER
from sim.report.document import in_chinese, laid_out
from sim.report.half_page import as_markdown
from sim.report.page import page_of
from sim.results.folder import read_results
from sim.results.half_page import chinese, english
from sim.results.half_page.choices import Change, Choice
from sim.results.half_page.facts import LEVELS, Facts, facts_of
from sim.results.half_page.numbers import Line, levels, one_change
from sim.results.half_page.whose import UNNAMED
from sim.results.values import values_of
from tests.studies.ledgers import STUDY, Game, write_study
from tests.studies.stored import stored


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a game of a study."""
    home, game = tmp_path_factory.mktemp("half"), Game()
    asked = STUDY.replace("quick: 6", "quick: 12")
    findings = conduct(load_study(write_study(home, asked)), game, quick=True)
    return stored(findings, game.plans[-1], home / "out")


def facts(folder: Path) -> Facts:
    found = facts_of(read_results(folder))
    assert found is not None
    return found


def test_its_numbers_are_those_of_the_tables(folder: Path) -> None:
    results, found = read_results(folder), facts(folder)
    effects = results.table("effects")
    row = effects[(effects["arm"] == "package") & (effects["metric"] == "profit")].iloc[0]
    (profit,) = (one for one in found.package if one.metric == "profit")
    assert (profit.value, profit.low, profit.high) == pytest.approx(
        tuple(row[["difference", "low", "high"]])
    )
    base = results.runs[results.runs["arm"] == "base"]
    assert dict(found.levels)["profit"] == pytest.approx(base["profit"].mean())
    assert [name for name, _ in found.levels] == [name for name in LEVELS if name in base]
    verdicts = Counter(results.table("verdicts")["verdict"])
    assert found.claims == verdicts
    decisions = results.table("decisions").drop_duplicates("package")
    assert {word: len(names) for word, names in found.decided.items() if names} == Counter(
        decisions["decision"]
    )
    values = values_of(results.manifest.arms["base"].scenario)
    assert values is not None
    assert found.grades.total() == len(values)
    assert found.grades["own"] == sum(one.is_own for one in values)


def test_every_language_says_the_same_numbers(folder: Path) -> None:
    found = facts(folder)
    numbers = [
        Counter(re.findall(r"[+\N{MINUS SIGN}]?\d[\d.,]*\d|\d", in_signs(line.text)))
        for lines in zip(english.half_page(found), chinese.half_page(found), strict=True)
        for line in lines
    ]
    for one, other in zip(numbers[::2], numbers[1::2], strict=True):
        assert one == other


def in_signs(text: str) -> str:
    """Return a Chinese text with signs in place of its verbs; an English one as it is."""
    text = re.sub("(上升|增加) (?=\\d)", "+", text.replace(" %", "%"))
    return re.sub("(下降|减少) (?=\\d)", "\N{MINUS SIGN}", text)


def test_page_markdown_and_chinese_page_carry_it(folder: Path) -> None:
    found = facts(folder)
    content = page_of(read_results(folder), [])
    page = html.unescape(laid_out(content)).replace("\N{NO-BREAK SPACE}", " ")
    markdown = " ".join(as_markdown(content.title, content.half_page).split())
    other = html.unescape(in_chinese(found))
    assert 'lang="zh-CN"' in other
    for line in english.half_page(found):
        for text in line.text.split("\n"):
            assert text in page
            assert text in markdown
    for line in chinese.half_page(found):
        assert line.heading in other
    assert page.index("In half a page") < page.index('id="question"')


def test_bank_and_question_are_the_title(folder: Path) -> None:
    assert (facts(folder).bank, facts(folder).own) == ("", "test")  # as the measures name it
    assert page_of(read_results(folder), []).title == "test: does it add up?"


def test_a_quick_look_says_so_and_a_full_study_does_not(folder: Path) -> None:
    found = facts(folder)
    assert found.quick
    said = {line.heading: line.text for line in english.half_page(found)}
    assert said["How sure this is"].startswith("This is a quick look")
    assert "docs/robust.md" in said["How sure this is"]
    full = english.half_page(found._replace(quick=False))
    assert not any("quick look" in line.text for line in full)


def test_only_files_with_graded_comments_are_said_to_have_them(folder: Path) -> None:
    found = facts(folder)
    assert not found.graded  # the game's own files
    for graded in (False, True):
        text = english.half_page(found._replace(graded=graded))[-1].text
        assert ("whose comments grade them" in text) == graded


def test_the_bank_of_a_user_is_named_by_its_base(tmp_path: Path) -> None:
    game, study = Game(), write_study(tmp_path)
    base = tmp_path / "base.yaml"
    base.write_text("name: Riverside branch\n" + base.read_text("utf-8"), "utf-8")
    for place in tmp_path.glob("*.yaml"):
        text = place.read_text("utf-8").replace("thesis: test", f"thesis: {UNNAMED}")
        place.write_text(text, "utf-8")
    assert f"thesis: {UNNAMED}\n" in (STARTER / "measures" / "pricing.yaml").read_text("utf-8")
    home = stored(conduct(load_study(study), game, quick=True), game.plans[-1], tmp_path / "out")
    assert page_of(read_results(home), []).title == "Riverside branch: does it add up?"
    assert "Thesis" not in " ".join(line.text for line in english.half_page(facts(home)))
    assert "Riverside branch" in in_chinese(facts(home))


def test_levels_have_the_unit_of_a_level() -> None:
    found = [("mean_rate", 0.0759), ("profit", -3_340_000.0)]
    assert levels(found, english.WORDS) == (
        "mean rate of new loans 7.59 % a year; profit after tax CNY \N{MINUS SIGN}3.34 million"
    )
    assert levels(found[:1], chinese.WORDS) == "新发放贷款平均年利率 7.59 %"


def test_an_interval_without_zero_that_is_undecided_is_so_after_correction() -> None:
    for low, said in ((-0.004, "]\N{DAGGER}"), (-0.02, "")):
        verdict = "undecided" if said else "worse"
        text = one_change(Change("npl_ratio", -0.003, low, -0.001, verdict), english.WORDS)
        assert text.endswith(said or "]")
    wide = one_change(Change("npl_ratio", -0.003, -0.01, 0.004, "undecided"), english.WORDS)
    assert wide.endswith("]\N{DAGGER}")
    for low, said in ((-0.01, "]\N{DAGGER}"), (0.001, "]")):  # a chosen arm, which has no verdict
        chosen = one_change(Change("npl_ratio", 0.003, low, 0.005, ""), english.WORDS)
        assert chosen.endswith(said)


def test_a_finished_study_leaves_the_files_and_a_comparison_does_not(
    studied: Path, compared: Path
) -> None:
    for name in ("half_page.md", "report.zh.html"):
        assert (studied / name).is_file()
        assert not (compared / name).exists()


def test_a_chinese_text_has_full_width_marks_beside_its_characters_only() -> None:
    assert chinese.typeset("建议:a (b)、c (d, e)") == "建议\uff1aa (b)、c (d, e)"
    assert chinese.typeset("Team (new):团队") == "Team (new)\uff1a团队"
    assert chinese.typeset("团队(team)") == "团队\uff08team\uff09"
    assert chinese.typeset("a, b:利润(高)") == "a, b\uff1a利润\uff08高\uff09"


def test_one_measure_is_neither_combined_nor_called_all_measures(folder: Path) -> None:
    found = facts(folder)._replace(measures=1, changed=1)
    text = " ".join(line.text for line in english.half_page(found))
    assert "One measure" in text
    assert "was tried in a simulated bank" in text
    assert "The measure changes: " in text
    assert "1 value," in text
    assert "All measures" not in text
    other = "".join(line.text for line in chinese.half_page(found))
    assert "采用该措施时的变化" in other
    assert "全部措施" not in other
    assert "组合试行" not in other


def test_markup_in_a_title_stays_text() -> None:
    assert as_markdown("a <img src=x> b", [Line("c", "<b>")]).count("&lt;") == 2
    assert as_markdown("a `b` *c*", []) == "# a \\`b\\` \\*c\\*\n"


def test_a_question_that_ends_in_chinese_gets_no_second_stop(folder: Path) -> None:
    found = facts(folder)._replace(asked="贷后检查是否有效\uff1f")
    assert "有效\uff1f " in english.half_page(found)[0].text


def test_it_names_what_is_refuted_and_what_has_no_effect(folder: Path) -> None:
    found = facts(folder)
    verdicts = read_results(folder).table("verdicts")
    assert len(found.refuted) == sum(verdicts["verdict"] == "refuted")
    assert found.unused == []
    told = found._replace(refuted=["it is cheap", "it is quick"], unused=["late (looks later)"])
    for page, one, other in (
        (english.half_page(told), "“it is cheap”; “it is quick”", ": late (looks later)."),
        (
            chinese.half_page(told),
            "“it is cheap”、“it is quick”",
            "\uff1alate (looks later)。",
        ),
    ):
        text = "\n".join(line.text for line in page)
        assert one in text
        assert other in text


def test_a_choice_that_is_not_shown_to_pay_is_said_to_be_so(folder: Path) -> None:
    found = facts(folder)
    for low, said in ((-2e6, True), (1e6, False)):
        judged = Change("profit", 3e6, low, 8e6, "")
        step = Choice("visits", [Change("profit", 3e6, 1e6, 5e6, "")], judged, 6)
        told = found._replace(step=step, best=None)
        assert any(english.NO_GAIN in line.text for line in english.half_page(told)) == said
        assert any(chinese.NO_GAIN in line.text for line in chinese.half_page(told)) == said
