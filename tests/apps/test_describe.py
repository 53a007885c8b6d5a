"""The lists hold what is declared, in every format, and the keys they name can be set."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from sim.outcomes import METRICS
from sim.policies.pricing.risk_based import RiskBased
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FAMILIES, BankParams
from tests.apps.command import ROOT, Smelend

LISTS = ("params", "columns", "policies", "metrics", "measures")


def listed(smelend: Smelend, what: str) -> list[dict[str, Any]]:
    return json.loads(smelend("describe", what, "--format", "json").out)


@pytest.mark.parametrize("what", LISTS)
def test_every_format_holds_the_same_entries(
    what: str, smelend: Smelend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    entries = listed(smelend, what)
    assert entries
    as_csv = list(csv.DictReader(io.StringIO(smelend("describe", what, "--format", "csv").out)))
    assert as_csv == [{key: str(value) for key, value in entry.items()} for entry in entries]
    lines = smelend("describe", what, "--format", "markdown").out.splitlines()
    assert len(lines) == len(entries) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(entries[0]) + 1}
    text = smelend("describe", what)
    assert (text.status, text.err) == (0, "")
    # piped, each entry is one line after the title, an empty line and the header
    assert len(text.out.splitlines()) == len(entries) + 3


def test_every_parameter_can_be_set_by_its_key_to_its_default(
    tmp_path: Path, smelend: Smelend
) -> None:
    """All keys of the policies in use, at once: the scenario that comes out is the default one."""
    usual = BankParams()
    settings = {}
    for entry in listed(smelend, "params"):
        key, kinds = entry["key"], entry["policy"].split(", ")
        parts = key.split(".")
        kind = getattr(usual, parts[2]).kind if entry["policy"] else ""
        if kind in kinds or entry["policy"] == "any":
            settings[key] = json.loads(str(entry["default"]))
            if entry["policy"]:
                settings[f"banks.main.{parts[2]}.kind"] = kind
    assert {"horizon", "banks.main.approval.pd_max", "banks.main.branch_cost"} < set(settings)
    empty = tmp_path / "empty.yaml"
    empty.write_text("why: nothing is said\n")
    text, untold = load_scenario(empty, set=settings), load_scenario(empty)
    assert text.model_dump(mode="json") == untold.model_dump(mode="json")


def test_a_parameter_says_all_that_its_declaration_says(smelend: Smelend) -> None:
    key = "banks.main.pricing.sensitivity"
    (entry,) = (entry for entry in listed(smelend, "params") if entry["key"] == key)
    declared = RiskBased.model_fields["sensitivity"]
    extra = declared.json_schema_extra
    assert isinstance(extra, dict)
    assert entry == {
        "key": key,
        "policy": "risk_based",
        "default": declared.default,
        "unit": extra["unit"],
        "bounds": "[0, 2]",
        "meaning": declared.description,
        "grade": "A assumed",
        "source": str(extra["source"]).removeprefix("A: "),
        "cost": extra["cost"],
        "when": "decision",
    }


def test_facts_say_when_a_bank_knows_them(smelend: Smelend) -> None:
    known = {
        e["fact"]: (e["application"], e["decision"], e["loan"]) for e in listed(smelend, "facts")
    }
    assert known["sector"] == ("yes", "yes", "yes")
    assert known["pd"] == ("no", "yes", "no")
    assert known["arrears"] == ("no", "no", "yes")


def test_a_lever_says_when_rules_on_it_apply(smelend: Smelend) -> None:
    when = {entry["key"]: entry["when"] for entry in listed(smelend, "params")}
    assert when["banks.main.screening.site_visit.precision"] == "application"
    assert when["banks.main.monitoring.monthly"] == "loan"
    assert when["banks.main.approval.cost"] == when["banks.main.staffing.culture"] == ""


def test_a_key_that_two_policies_share_names_both(smelend: Smelend) -> None:
    kinds = {e["key"]: e["policy"] for e in listed(smelend, "params")}
    assert kinds["banks.main.screening.statements.precision"] == "investigation, sequential"
    assert kinds["banks.main.screening.optimism"] == "any"
    assert kinds["banks.main.pricing.sensitivity"] == "risk_based"


def test_every_policy_is_listed_with_the_one_in_use_marked(smelend: Smelend) -> None:
    found = {(e["family"], e["kind"].rstrip("*")): e for e in listed(smelend, "policies")}
    members: dict[str, Any] = FAMILIES
    assert set(found) == {(name, kind) for name in members for kind in members[name].members}
    marked = {e["family"]: e["kind"][:-1] for e in found.values() if e["kind"].endswith("*")}
    assert marked == {name: getattr(BankParams(), name).kind for name in FAMILIES}
    assert "override" in found["approval", "cut_off"]["keys"].split(", ")
    assert all(entry["meaning"] for entry in found.values())


def test_columns_say_who_may_see_them(smelend: Smelend) -> None:
    sight = {(e["table"], e["name"]): e["sight"] for e in listed(smelend, "columns")}
    assert sight["Firms", "theta"] == "HIDDEN"
    assert sight["Firms", "sector"] == "FILE"
    assert sight["Applications", "stated_turnover"] == "REPORTED"
    assert sight["Applications", "soft_mean"] == "SOFT"
    assert {"Loans", "Officers", "Relations", "Ledger"} <= {table for table, _ in sight}


def test_metrics_are_those_that_a_comparison_prints(smelend: Smelend) -> None:
    found = {e["name"]: e for e in listed(smelend, "metrics")}
    assert set(found) == set(METRICS)
    assert found["npl_ratio"]["better"] == "lower"
    assert found["npl_ratio"]["group"] == "risk"


def test_measures_are_found_below_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "zhengzhou/measures/team.yaml" in smelend("describe", "measures").out  # those shipped
    folder = tmp_path / "scenarios/bank/measures"
    folder.mkdir(parents=True)
    (folder / "visits.yaml").write_text(
        'title: Visits\nthesis: A bank\nstatements: ["1.2", "1.3"]\npackage: post_loan\n'
        "overrides: {banks: {main: {monitoring: {monthly: 0.2}, branch_cost: 1}}}\n"
    )
    (entry,) = listed(smelend, "measures")
    assert (entry["measure"], entry["title"]) == ("visits", "Visits")
    assert (entry["statements"], entry["package"]) == ("1.2, 1.3", "post_loan")
    assert entry["keys"] == "banks.main.monitoring.monthly, banks.main.branch_cost"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["param"], "no list called 'param'; did you mean 'params'?; known: columns, facts,"),
        (
            ["params", "--format", "jsn"],
            "no format called 'jsn'; did you mean 'json'?",
        ),
    ],
)
def test_an_unknown_word_is_told_with_the_nearest(
    words: list[str], expected: str, smelend: Smelend
) -> None:
    said = smelend("describe", *words)
    assert said.status == 2
    assert expected in said.complaint


@pytest.mark.parametrize("columns", [50, 100, 200])
def test_on_a_screen_nothing_is_wider_than_it(
    columns: int, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for what in ("params", "policies", "metrics", "columns"):
        lines = smelend("describe", what).out.splitlines()
        assert max(map(len, lines[2:])) <= columns


def test_words_choose_entries(smelend: Smelend) -> None:
    every = smelend("describe", "params", "--format", "csv").out.splitlines()
    some = smelend("describe", "params", "Monitoring", "visit", "--format", "csv").out.splitlines()
    assert some[0] == every[0]
    assert 1 < len(some) < len(every)
    assert all("monitoring" in line.lower() and "visit" in line.lower() for line in some[1:])
    said = smelend("describe", "metrics", "no-such")
    assert (said.status, said.complaint) == (2, "no entry of metrics has 'no-such'")


def test_values_of_a_scenario_are_those_that_it_runs_with(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        "extends: baseline\nbanks: {main: {approval: {kind: cut_off, pd_max: 0.031}}}\n"
    )
    found = json.loads(smelend("describe", "params", "--of", file, "--format", "json").out)
    values = {entry["key"]: entry for entry in found}
    scenario, base = load_scenario(file), load_scenario(ROOT / "scenarios/baseline.yaml")
    assert values["firms.count"]["value"] == scenario.firms.count
    mine = values["banks.main.approval.pd_max"]
    assert (mine["value"], mine["grade"]) == (0.031, "")
    assert mine["default"] == type(base.banks["main"].approval)().pd_max
    assert values["banks.main.staffing.trained"]["value"] == "false"
    few = smelend("describe", "params", "pd_max", "--of", file).out.splitlines()
    assert any(line.startswith("banks.main.approval.pd_max") for line in few)
    said = smelend("describe", "params", "--of", "zhengzhou")
    assert said.status == 2
    assert "this is an experiment of kind study, not a scenario; name the base" in said.complaint
    said = smelend("describe", "params", "--of", "zhengzhou/measures/team")
    assert (said.status, "this is a measure, not a scenario" in said.complaint) == (2, True)
    for words in (("facts", "--of", file), ("params", "--of", file, "--format", "page")):
        said = smelend("describe", *words)
        assert (said.status, said.complaint) == (
            2, "--of goes with `smelend describe params`, and with no page",
        )  # fmt: skip
