"""Levers in the chain: one row each, in their unit, and no effect that is not of their value."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.mechanism.asked import Set, asked
from sim.analysis.mechanism.chain import Chain, read_chain
from sim.core.shipped import root
from sim.results.levers_set import NEAR, levers_set
from sim.results.quantities import quantity
from sim.results.table import NONE
from sim.results.values import values_of
from tests.studies.ledgers import write_study

REPORT = pd.read_csv(root() / "results" / "reference" / "levers" / "levers.csv")
RULE = {"otherwise": 0.05, "when": [{"if": {"grade": "special_mention"}, "then": 0.6}]}


def row(key: str, before: object, after: object, plainly: bool = False) -> list[str]:
    chain = Chain("base", "other", ["profit"], [], [Set(f"banks.main.{key}", before, after)])
    (found,) = levers_set(chain, REPORT, plainly).blocks[0].rows
    return [cell.text for cell in found]


def test_a_rule_is_one_row_in_words_without_the_effect_of_an_extreme(tmp_path: Path) -> None:
    path = write_study(tmp_path)
    text = (tmp_path / "visits.yaml").read_text("utf-8")
    rule = "{otherwise: 0.05, when: [{if: {grade: special_mention}, then: 0.6}]}"
    (tmp_path / "visits.yaml").write_text(text.replace("0.3", rule), "utf-8")
    found = asked(load_study(path), "up")
    (lever,) = found.levers
    assert lever.after == RULE
    made = found.scenarios[0].with_({lever.key: lever.after})
    assert made.hash == found.scenarios[1].hash
    cells = row("monitoring.monthly", lever.before, lever.after)
    assert cells[1].endswith(
        "\N{RIGHTWARDS ARROW} 0.05, and 0.6 where the grade is special mention"
    )
    assert cells[2] == "a rule; the report has no run of it"
    assert not any(character.isdigit() for cell in cells[3:] for character in cell)
    values = values_of(found.scenarios[1].model_dump(mode="json")) or []
    (monthly,) = (one for one in values if one.key == lever.key)
    assert monthly.value == RULE
    assert quantity(monthly.value, monthly.unit) == (
        "5 % a month, and 60 % a month where the grade is special mention"
    )


def test_rules_stored_in_parts_are_joined() -> None:
    key = "banks.main.monitoring.monthly"
    parts = [
        [key, 0.1, None],
        [f"{key}.otherwise", None, 0.05],
        [f"{key}.when", None, RULE["when"]],
    ]
    chain = read_chain({"base": "base", "other": "x", "metrics": [], "parts": [], "levers": parts})
    assert chain.levers == [Set(key, 0.1, RULE)]


def test_several_rules_and_facts_are_told_in_their_order() -> None:
    rules = [
        {"if": {"amount": {"over": 500_000}, "sector": ["retail", "food"]}, "then": 0.04},
        {"if": {"firm_age": {"under": 24}}, "then": 0.03},
    ]
    assert quantity({"otherwise": 0.08, "when": rules}, "probability") == (
        "8 %, and 4 % where the amount is over CNY 500,000 and the sector is retail or food; "
        "or else 3 % where the firm age is under 24 months"
    )


def test_values_and_processes_have_units() -> None:
    label, change, process, *_ = row("monitoring.monthly", 0.1, 0.4, plainly=True)
    assert label.endswith("(%\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}month)")
    assert change == "10 \N{RIGHTWARDS ARROW} 40"
    assert process == "inspections made"  # a count
    *_, process, _, _ = row("monitoring.precision", 1.0, 5.0, plainly=True)[:5]
    assert process.endswith(", 1/month")
    label, change, process, *_ = row("pricing.margin", 0.0, -0.02, plainly=True)
    assert change == "0 \N{RIGHTWARDS ARROW} -2"
    assert process.endswith(", percentage points a year")


@pytest.mark.parametrize(("after", "shown"), [(0.0545, False), (0.11, True)])
def test_an_effect_is_shown_with_its_extreme_and_only_near_it(after: float, shown: bool) -> None:
    assert (after - 0.053 >= NEAR * (0.15 - 0.053)) == shown
    cells = row("approval.pd_max", 0.053, after)
    found = REPORT.set_index("lever").loc["approval.pd_max", "default_rate_high"]
    assert (f"{100 * found:+.2f}" in cells[4]) == shown
    assert cells[4].startswith("at 0.15: ") == shown
    assert (cells[2] == "nearer to the base than to the report's 0.15") == (not shown)


def test_each_signal_is_named_by_its_policy() -> None:
    names = [
        row(f"screening.{one}.precision", 0.0, 3.0, plainly=True)[0]
        for one in ("statements", "bureau", "owner_visit")
    ]
    assert [name.partition(":")[0] for name in names] == [
        "Screening, statements", "Screening, bureau", "Screening, owner visit",
    ]  # fmt: skip


def test_a_lever_that_the_base_does_not_have_shows_no_effect_of_another_value() -> None:
    assert row("monitoring.monthly", None, 0.3)[2] == "the report has no run near this value"
    assert row("staffing.trained", False, True)[3].startswith("at on: ")


def test_an_extreme_that_the_report_s_bank_has_itself_is_no_change_of_nothing() -> None:
    *_, process, change, first, _, _, _ = row("staffing.specialised", True, False)
    assert process == "none: the report's bank has off itself"
    assert (change, first) == (NONE, NONE)
    assert row("staffing.specialised", False, True)[3].startswith("at on: ")
