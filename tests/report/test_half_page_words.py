"""Where verdicts fail, and in which words a change is told, on the half page and beside it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd

from sim.results.half_page import chinese, english
from sim.results.half_page.choices import Change
from sim.results.half_page.facts import Facts
from sim.results.half_page.numbers import MARK, changes, one_change
from sim.results.half_page.stands import Stands, stands_of
from tests.report.idle_game import text_of


def row(claim: str, verdict: str, label: str, side: str = "below", at: float = 0.6) -> Any:
    return {"claim": claim, "statement": f"1: {claim}", "verdict": verdict, "label": label,
            "depends_on": "unit_costs", "side": side, "tips_at": at}  # fmt: skip


def stands(**tables: Any) -> Stands:
    setup = {"quantities": {"unit_costs": {"keys": [], "values": [0.5, 2.0], "multiple": False}}}
    held = SimpleNamespace(known=tables.get, study={"robust": setup}, banks=[])
    found = stands_of(cast(Any, held))
    assert found is not None
    return found


def test_a_verdict_that_is_not_robust_says_where_it_fails(found: Facts) -> None:
    rows = [
        row("good", "supported", "depends"), row("bad", "refuted", "depends"),
        row("firm", "refuted", "robust against"), row("open", "supported", "open"),
        row("more", "supported", "open"), row("unsure", "undecided", "depends"),
        row("often", "supported", "depends", at=float("nan")), row("few", "refuted", "few"),
    ]  # fmt: skip
    told = stands(robust=pd.DataFrame(rows))
    assert (told.tried, told.robust, len(told.failing)) == (6, 1, 5)
    page = found._replace(stands=told, imprecise=True)
    one, two = text_of(page, english), text_of(page, chinese)
    costs = "what the bank's work costs (times the base's)"
    assert "of 6 supported or refuted claims 1 is robust." in one
    assert f"“Good” (supported) fails where {costs} is above 0.6." in one
    assert f"“Bad” (refuted) fails where {costs} is below 0.6." in one  # it would hold there
    assert f"“Often” (supported) fails more often where {costs} is high." in one
    assert "“Open”" not in one
    assert "2 more are not robust." in one
    assert "precision that the study's file wants was not reached" in one
    assert "6 项有定论的命题中 1 项结论稳健。" in two
    assert "“Good”\uff08得到支持\uff09\uff1a当银行作业成本" in two
    assert "高于 0.6 时结论不成立。" in two
    assert "另有 2 项结论不稳健。" in two
    assert "仍未达到文件要求的精度。" in two
    assert "precision that the study's" not in text_of(found, english)


def test_where_only_the_first_design_was_run_its_shares_are_told(found: Facts) -> None:
    shares = pd.DataFrame(
        [
            {"claim": name, "statement": name, "share": share, "n": 16}
            for name, share in (("good", 1.0), ("bad", 5 / 16), ("open", 0.5))
        ]
    )
    verdicts = pd.DataFrame(
        {"claim": ["good", "bad", "open"], "verdict": ["supported", "refuted", "undecided"]}
    )
    told = stands(regimes=shares, verdicts=verdicts)
    assert (told.tried, told.robust) == (2, 1)
    page = found._replace(stands=told)
    assert "what the study leaves open, of 2" in text_of(page, english)
    assert "“Bad” (refuted) fails at 31 % of the points." in text_of(page, english)
    assert "在 31% 的试验点上结论不成立" in text_of(page, chinese)


def test_what_is_undecided_never_just_falls(found: Facts) -> None:
    for verdict, word in (("undecided", "似下降"), ("better", "下降")):
        said = one_change(Change("default_rate", -0.0046, -0.01, 0.001, verdict), chinese.WORDS)
        assert said.startswith(f"年违约率{word} 0.46 个百分点 [")
        assert said.endswith(MARK) == (verdict == "undecided")
    never = Change("cost", 0.0, 0.0, 0.0, "undecided")  # in no replication
    assert one_change(never, english.WORDS) == "operating cost the same"
    assert one_change(never, chinese.WORDS) == "业务及管理费相同"
    nothing = Change("profit", 1.0, -2e6, 2e6, "undecided")
    assert changes([nothing], ["profit"], chinese.WORDS).startswith("净利润变化 0.0 百万元 [")
    for language, said in ((english, "undecided (not significant)"), (chinese, "表示尚无定论")):
        assert f"{MARK}{': ' if language is english else ''}{said}" in text_of(found, language)


def test_chinese_words_have_no_stray_spaces_between_them(found: Facts) -> None:
    text = text_of(found._replace(asked="是否有效\uff1f", own="某行"), chinese)
    assert re.findall("[\u4e00-\u9fff\u3002\uff0c\uff09] +[\u4e00-\u9fff\uff08]", text) == []
    assert "某行的 3 项" in text
