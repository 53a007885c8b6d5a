"""Levers with rules: what a file may say, what is refused and where, and what the hash covers."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.core.columns import Schema
from sim.core.errors import RequestError
from sim.core.sight import Sight
from sim.core.view import View
from sim.policies.conditions import Condition, Conditional, Rule
from sim.policies.known_facts import FACTS, Moment
from sim.scenario.json_schema import json_schema
from sim.scenario.loading import load_scenario
from sim.scenario.measure import load_measure
from sim.scenario.rules import TABLES
from sim.scenario.schema import Scenario
from sim.scenario.strength import strengthened

PD_MAX = "banks.main.approval.pd_max"
LARGE = {"if": {"amount": {"over": 500_000}}, "then": 0.05}


def rules(*when: dict[str, Any], otherwise: Any = 0.08) -> dict[str, Any]:
    return {"otherwise": otherwise, "when": list(when)}


def with_rules(*when: dict[str, Any]) -> Scenario:
    return Scenario().with_({PD_MAX: rules(*when)})


def refusal(tmp_path: Path, lever: str, family: str = "approval", more: str = "") -> str:
    """Return the message for a file with these lines, from line 4 on."""
    file = tmp_path / "house.yaml"
    file.write_text(f"banks:\n  main:\n    {family}:\n{more}{lever}")
    with pytest.raises(RequestError) as refused:
        load_scenario(file)
    return str(refused.value).removeprefix(f"{file}:")


def one_rule(condition: str, then: str = "0.05", name: str = "pd_max") -> str:
    return (
        f"      {name}:\n        otherwise: 0.08\n        when:\n"
        f"          - if: {{{condition}}}\n            then: {then}\n"
    )


CUT_OFF = "      kind: cut_off\n"


def test_the_first_rule_that_holds_counts() -> None:
    lever = Conditional(
        ("approval", "pd_max"), Moment.DECISION, 0.08,
        (
            Rule((Condition("amount", (("over", 5.0),)),), 0.05),
            Rule((Condition("amount", (("from", 5.0),)), Condition("term", values=(6, 12))), 0.04),
            Rule((Condition("sector", values=("services",)),), 0.03),
        ),
    )  # fmt: skip
    known = {
        "amount": np.array([6.0, 5.0, 5.0, 4.0, 4.0, np.nan]),
        "term": np.array([6, 12, 9, 6, 6, 6]),
        "sector": np.array([1, 1, 0, 1, 0, 0]),
    }
    chosen = lever.choice(known, {"sector": ("trade", "services")}, 6)
    assert chosen.tolist() == [1, 2, 0, 3, 0, 0]
    assert [lever.value(one) for one in chosen] == [0.05, 0.04, 0.08, 0.03, 0.08, 0.08]


def test_a_fact_rests_on_what_is_on_file_or_reported() -> None:
    def zeros(table: Schema[Any]) -> Any:
        shapes = [2 if column.width == 1 else (column.width, 2) for column in table]
        return table.record(*map(np.zeros, shapes))

    files = View("a rule", Sight.REPORTED, np.arange(2), *((t, zeros(t)) for t in TABLES))
    for name, fact in FACTS.items():
        assert np.shape(fact.read(files, 3)) == (2,), name


def test_a_file_with_rules_is_read_hashed_and_written_again(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text("banks:\n  main:\n    approval:\n" + CUT_OFF + one_rule("sector: services"))
    scenario = load_scenario(file)
    bank = scenario.banks["main"]
    assert bank.conditions is not None
    assert bank.conditions.keys == ["approval.pd_max"]
    assert sorted(one.approval.cut_off for one in bank.variants) == [0.05, 0.08]
    assert repr(scenario).endswith("banks: main; with rules: main.approval.pd_max>")
    again = Scenario.model_validate(scenario.model_dump(mode="json"))
    for other in (again, copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
        assert other.banks == scenario.banks
        assert other.hash == scenario.hash
        assert len(other.banks["main"].variants) == 2


def test_rules_are_part_of_hash_and_equality() -> None:
    constant = Scenario().with_({PD_MAX: 0.08})
    other = {"if": {"amount": {"over": 600_000}}, "then": 0.05}
    hashes = {constant.hash, with_rules(LARGE).hash, with_rules(other).hash}
    assert len(hashes) == 3
    assert with_rules(LARGE) == with_rules(LARGE)
    assert with_rules(LARGE) != with_rules(other)
    assert with_rules(LARGE) != constant
    assert with_rules(LARGE).with_({PD_MAX: 0.08}) == constant
    assert with_rules(LARGE).with_({"horizon": 5}).banks == with_rules(LARGE).banks


def test_rules_without_otherwise_are_refused_and_the_value_is_told(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("banks: {main: {pricing: {margin: -0.008}}}\n")
    margin = "{when: [{if: {term: {over: 12}}, then: 0.0}]}"
    child = tmp_path / "child.yaml"
    child.write_text(f"extends: base.yaml\nbanks:\n  main:\n    pricing:\n      margin: {margin}\n")
    missing = "otherwise: missing; give the value where no rule holds"
    with pytest.raises(RequestError) as refused:
        load_scenario(child)
    place = f"{child}:5:7: banks.main.pricing.margin: "
    assert str(refused.value) == f"{place}{missing} (without rules it is -0.008 here)"
    with pytest.raises(RequestError, match=r"margin: otherwise: missing.*it is -0\.008 here"):
        load_scenario(tmp_path / "base.yaml", set={"banks.main.pricing": {"margin": {"when": []}}})
    child.write_text(f"banks: {{main: {{pricing: {{kind: flat, margin: {margin}}}}}}}\n")
    with pytest.raises(RequestError) as refused:
        load_scenario(child)
    assert str(refused.value).endswith(f"margin: {missing} (the usual value is 0.0)")


def test_a_file_may_replace_the_rules_alone(tmp_path: Path) -> None:
    base = tmp_path / "base.yaml"
    base.write_text("banks:\n  main:\n    approval:\n" + CUT_OFF + one_rule("sector: services"))
    child = tmp_path / "child.yaml"
    child.write_text(
        "extends: base.yaml\nbanks: {main: {approval: {pd_max: "
        "{when: [{if: {term: 12}, then: 0.01}]}}}}\n"
    )
    lever = load_scenario(child).banks["main"].conditions.levers[0]  # type: ignore[union-attr]
    assert lever.otherwise == 0.08
    assert [rule.value for rule in lever.rules] == [0.01]


@pytest.mark.parametrize("condition", ["amount: 500000", "amount: [500000, 1]", "pd: 0.02"])
def test_equality_with_what_can_be_any_number_is_refused(tmp_path: Path, condition: str) -> None:
    message = refusal(tmp_path, CUT_OFF + one_rule(condition))
    fact, value = condition.replace("[", "").split(",")[0].split(": ")
    assert f": banks.main.approval.pd_max.when.0.if.{fact}: {value} would mean exactly" in message
    assert f"write {{over: {value}}}, {{from: {value}}}, {{under: {value}}}" in message


def test_equality_holds_for_whole_numbers_and_names(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    text = one_rule("term: [6, 12], sector: services")
    file.write_text("banks:\n  main:\n    approval:\n" + CUT_OFF + text)
    assert load_scenario(file).banks["main"].conditions is not None


def test_what_a_bank_cannot_see_is_refused_where_it_stands(tmp_path: Path) -> None:
    known = (
        "known at the decision: sector, firm_age, relationship, past_arrears, paid_after, amount, "
        "term, stated_turnover, pd"
    )
    at = "8:18: banks.main.approval.pd_max.when.0.if"
    for condition, why in (
        ("theta: {over: 1}", "theta: 'theta' is HIDDEN: no bank sees it"),
        ("soft_mean: {over: 1}", "soft_mean: 'soft_mean' is SOFT: it is on no file"),
        ("amont: {over: 1}", "amont: a bank knows no fact 'amont'; did you mean 'amount'?"),
        ("arrears: {over: 1}", "arrears: 'arrears' is known only of a live loan"),
    ):
        assert refusal(tmp_path, CUT_OFF + one_rule(condition)) == f"{at}.{why}; {known}"
    visit = "      kind: investigation\n      owner_visit:\n  "
    lever = one_rule("pd: {over: 0.02}", name="precision").replace("\n", "\n  ").rstrip() + "\n"
    message = refusal(tmp_path, visit + lever, "screening")
    assert "'pd' is known only at the decision; known before the investigation: sector" in message


def test_a_value_has_the_bounds_of_its_lever_at_the_line_of_its_rule(tmp_path: Path) -> None:
    message = refusal(tmp_path, CUT_OFF + one_rule("amount: {over: 1}", "5"))
    assert message == (
        "9:19: banks.main.approval.pd_max.when.0.then: must be a number, above 0 and at most 1 "
        "(probability); found 5"
    )
    message = refusal(tmp_path, CUT_OFF + one_rule("amount: {over: 1}", "many"))
    assert message.startswith("9:19: banks.main.approval.pd_max.when.0.then: must be a number")


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("amount: {ovr: 1}", "amount.ovr: unknown key 'ovr'; did you mean 'over'?"),
        ("amount: {}", "amount: must be bounds (CNY): over, from, under, up_to; found {}"),
        ("amount: large", "amount: must be bounds (CNY): over, from, under, up_to; found 'large'"),
        ("term: soon", "term: must be a number (months), a list of numbers, or bounds: over, from"),
        ("amount: {over: 5, up_to: 5}", "if: never counts: it cannot hold, or an earlier rule"),
        ("sector: 1st", "sector: the market has no sector '1st'; its sectors: wholesale"),
        (
            "amount: {over: .nan}",
            "amount.over: must be a number (CNY); found nan, which is not fin",
        ),
        (
            "term: {up_to: .inf}",
            "term.up_to: must be a number (months); found inf, which is not fi",
        ),
        ("amount: .inf", "up_to; found inf, which is not finite"),
        ("", "if: must be a mapping of facts to what they must be; found {}"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(
    tmp_path: Path, condition: str, why: str
) -> None:
    message = refusal(tmp_path, CUT_OFF + one_rule(condition))
    assert message.startswith("8:")
    assert why in message


def test_a_rule_that_never_counts_is_refused() -> None:
    narrower = {"if": {"amount": {"over": 900_000}}, "then": 0.04}
    with pytest.raises(RequestError, match=r"when\.1\.if: never counts"):
        with_rules(LARGE, narrower)
    assert len(with_rules(narrower, LARGE).banks["main"].variants) == 3


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("approval.cost", "it is no lever but what one unit of a lever costs in money"),
        ("staffing.culture", "its policy is for the whole bank"),
        ("screening.cross_check.detection", "applicants have one view of detection"),
        ("monitoring.precision", "one warning system for all loans"),
    ],
)
def test_a_parameter_for_all_files_takes_no_rules(key: str, why: str) -> None:
    with pytest.raises(RequestError, match=f"takes one value for all files, without `when`: {why}"):
        Scenario().with_({f"banks.main.{key}": rules(LARGE, otherwise=0.3)})


def test_values_that_clash_are_refused_only_where_they_meet() -> None:
    small = {"amount": {"up_to": 100_000}}
    longer = {
        "banks.main.products.bullet_up_to": rules({"if": small, "then": 13}, otherwise=3),
        "banks.main.products.seasonal_from": rules({"if": small, "then": 18}, otherwise=12),
    }
    assert len(Scenario().with_(longer).banks["main"].variants) == 2
    longer["banks.main.products.seasonal_from"] = 12
    with pytest.raises(RequestError, match="bullet_up_to 13 and seasonal_from 12"):
        Scenario().with_(longer)


def test_too_many_cases_are_refused() -> None:
    facts = ("amount", "term", "firm_age", "relationship", "past_arrears", "stated_turnover")
    many = [
        {"if": {fact: {"over": limit} for fact in facts}, "then": 0.01} for limit in range(9, 0, -1)
    ]
    with pytest.raises(RequestError, match="use fewer facts or limits"):
        with_rules(*many)


def test_a_measure_may_set_rules_and_added_officers(tmp_path: Path) -> None:
    file = tmp_path / "segments.yaml"
    file.write_text(
        "title: t\nthesis: xm\nstatements: [XM1]\npackage: approval\noverrides:\n  banks:\n"
        "    main:\n      staffing: {officers: {add: 4}}\n      approval:\n"
        "        pd_max: {otherwise: 0.08, when: [{if: {term: {over: 12}}, then: 0.04}]}\n"
    )
    keys = load_measure(file).keys
    scenario = Scenario().with_(keys)
    assert scenario.banks["main"].conditions is not None
    assert scenario.banks["main"].staffing.seats(3000) == 9
    half = dict(keys) | {"banks.main.staffing.officers": {"add": 2}}
    assert strengthened(Scenario().model_dump(mode="json"), keys, 0.5) == half


def test_the_schema_offers_rules_where_they_are_allowed() -> None:
    defined = json_schema(Scenario)["$defs"]
    plain, with_when = defined["CutOff"]["properties"]["pd_max"]["anyOf"]
    assert plain == {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
    assert with_when["properties"]["when"]["items"]["properties"]["then"] == plain
    assert "anyOf" in defined["SiteVisit"]["properties"]["precision"]
    assert "anyOf" not in defined["CrossCheck"]["properties"]["detection"]
