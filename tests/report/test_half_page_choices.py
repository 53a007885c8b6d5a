"""What to do, as a director reads it: one figure for one thing, one order, nothing listed twice."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from sim.results.folder import read_results
from sim.results.half_page import chinese, english
from sim.results.half_page.choices import Change, Choice, Part
from sim.results.half_page.facts import Facts
from sim.results.half_page.numbers import one_change
from sim.results.half_page.orders import AVERAGE, LADDER, STEP, Order, order_of
from tests.report.idle_game import text_of

LANGUAGES = (english, chinese)
IDLE = "More second"  # the title of the measure that does nothing


def test_one_thing_has_one_figure_that_of_all_seeds(idled: Path, found: Facts) -> None:
    results = read_results(idled)
    rows = results.table("decisions")
    assert found.step is not None
    assert found.best is not None
    part = str(results.table("best_step")["package"].iloc[0])
    alone = rows[(rows["package"] == part) & (rows["kind"] == "alone")].set_index("metric")
    for one in found.step.changes:
        assert (one.value, one.low, one.high) == pytest.approx(
            tuple(alone.loc[one.metric, ["difference", "low", "high"]])
        )
    effects = results.table("effects").query("arm == 'package'").set_index("metric")
    for one in found.best.changes:  # the best combination is all measures that do anything
        assert one.value == pytest.approx(effects.loc[one.metric, "difference"])
    for language in LANGUAGES:
        text = text_of(found, language)
        for choice in (found.step, found.best):
            (credit,) = (one for one in choice.changes if one.metric == "credit_to_good")
            said = one_change(credit, language.WORDS)
            assert text.count(said) >= 2  # what to do, and what it costs in lending


def test_the_half_that_judges_is_named_for_profit_alone_and_with_the_reason(
    idled: Path, found: Facts
) -> None:
    judged = read_results(idled).table("best_step").set_index("metric").loc["profit"]
    assert found.step is not None
    assert found.step.judged.value == pytest.approx(judged["judged"])
    assert found.step.seeds == judged["n"]
    text = text_of(found, english)
    assert "where chance flatters what is chosen; on the other 6 seeds, profit after tax" in text
    assert "偶然性会使其显得更好\uff1b在另一半 6 个种子上\uff0c净利润" in text_of(found, chinese)


def test_a_chinese_lending_line_says_what_is_alone_and_what_together(found: Facts) -> None:
    lines = {line.heading: line.text for line in chinese.half_page(found)}
    lending = lines["对优质企业贷款的影响"]
    assert "单独采用 " in lending
    step = Choice("a", [Change("credit_to_good", 1e6, 5e5, 2e6, "better")], found.step.judged, 6)  # type: ignore[union-attr]
    for name, way in (("a + b", "同时采用"), ("b", "单独采用")):
        told = found._replace(step=step, best=step._replace(name=name))
        assert f"{way} {name}" in text_of(told, chinese)


def test_the_order_is_that_of_profit_and_others_say_what_they_rank(found: Facts) -> None:
    assert found.order is not None
    take = [part.name for part in found.decided["take"]]
    assert set(found.order.recommended) <= {name.partition(" (")[0] for name in take}
    others = [(AVERAGE, "x"), (LADDER, "x"), (STEP, "y")]
    for names, said, other in (
        (["a", "b"], "Recommended order: a, then b (", "建议次序\uff1aa\uff0c其次 b\uff08"),
        (["a"], "Recommended first: a, the only", "建议先采用\uff1aa\uff0c只有"),
        ([], "Recommended order: none,", "建议次序\uff1a无\uff0c"),
    ):
        told = found._replace(order=Order(names, others, "default_rate"))
        one, two = text_of(told, english), text_of(told, chinese)
        assert said in one
        assert other in two
        assert "x contributes most to default rate" in one
        assert "added one by one); y is the best single step" in one
        assert "x\uff1a按所有加入顺序平均对年违约率贡献最大" in two
    alike = found._replace(order=Order(["a"], [], "default_rate"))
    assert "Other orders" not in text_of(alike, english)
    assert "其他排序" not in text_of(alike, chinese)


def test_orders_that_name_the_recommended_measure_are_not_told() -> None:
    rows = pd.DataFrame(
        [
            {"package": part, "kind": "alone", "metric": "profit", "difference": size,
             "low": size - 1, "high": size + 1, "decision": decision}
            for part, size, decision in (
                ("a", 2.0, "take"), ("b", 5.0, "take"), ("c", 9.0, "leave")
            )
        ]
    )  # fmt: skip
    step = pd.DataFrame([{"package": "a", "metric": "profit"}])
    known = {"decisions": rows, "best_step": step, "attribution": rows}
    held = SimpleNamespace(
        known=known.get, study={"metrics": ["default_rate"]}, short_titles={},
        account={"leader": ["b", "a", True], "best_order": ["c", "a", "b"]},
    )  # fmt: skip
    found = order_of(cast(Any, held))
    assert found == Order(["B", "A"], [(LADDER, "C"), (STEP, "A")], "default_rate")


def test_it_says_what_decides_and_what_is_worse_without_deciding(found: Facts) -> None:
    assert list(found.counted) == ["default_rate", "npl_formation", "profit", "credit_to_good"]
    assert list(found.beside) == ["cost", "npl_ratio_mean"]
    said = "default rate, formation of bad loans, profit after tax, credit to good firms, alone and"
    assert f"Take, leave and undecided look at: {said} with all others." in text_of(found, english)
    assert "是否采用只看以下结果\uff1a年违约率、年不良贷款生成率、净利润" in text_of(found, chinese)
    (visits,) = (
        part for parts in found.decided.values() for part in parts if "visits" in part.name
    )
    assert [one.metric for one in visits.beside] == ["cost"]  # which rises for sure


@pytest.mark.parametrize(
    ("verdict", "said", "other"),
    [
        ("lower", "Also significantly worse alone, which", "单独采用时显著变差但不影响判定"),
        ("", "Also worse alone, by the 95 % interval, which", "按 95% 置信区间变差但不影响判定"),
    ],
)
def test_a_fall_in_approval_is_told_and_as_tested_or_not(
    found: Facts, verdict: str, said: str, other: str
) -> None:
    fall = Change("approval_rate", -0.07, -0.1, -0.04, verdict)
    part = Part("a", [Change("profit", 1.0, -2.0, 3.0, "undecided")], [], [fall])
    told = found._replace(decided={"take": [], "leave": [], "undecided": [part]})
    one, two = text_of(told, english), text_of(told, chinese)
    assert said in one
    assert "approval rate \N{MINUS SIGN}7.0 percentage points [" in one
    assert other in two
    assert "审批通过率下降 7.0 个百分点 [" in two


def test_what_changes_nothing_is_listed_once(found: Facts) -> None:
    assert len(found.unused) == 1
    (name,) = found.unused
    assert not any(name == part.name for parts in found.decided.values() for part in parts)
    for language in LANGUAGES:
        assert text_of(found, language).count(name) == 1


def test_a_part_that_does_nothing_alone_says_so_without_zeros(found: Facts) -> None:
    part = Part("a", [Change("profit", 0.0, 0.0, 0.0, "undecided")], [])
    told = found._replace(decided={"take": [], "leave": [], "undecided": [part]})
    assert f"a: {english.NOTHING_ALONE}." in text_of(told, english)
    assert f"a\uff1a{chinese.NOTHING_ALONE}。" in text_of(told, chinese)
