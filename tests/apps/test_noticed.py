"""What `smelend validate` and `smelend study` say to look at again, though it is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core.described import describe
from sim.scenario.idle_levers import SWITCHES, idle_levers
from sim.scenario.implausible import notices
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FAMILIES
from tests.apps.command import ROOT, Smelend


def test_a_value_far_from_all_plausible_ones_is_noticed(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "percent.yaml"
    file.write_text("banks: {main: {pricing: {kind: risk_based, margin: 1}}}\n")
    said = smelend("validate", file)
    assert said.status == 0
    assert said.err == (
        f"{file}: note: banks.main.pricing.margin: 1 is far outside its plausible range "
        "-0.02 to 0.04 (1/year)\n"
    )


def test_no_shipped_scenario_is_far_from_plausible_values() -> None:
    files = [f for f in (ROOT / "scenarios").glob("**/*.yaml") if f.parent.name != "measures"]
    assert len(files) > 5
    assert [text for file in files for text in notices(load_scenario(file))] == []


def test_what_is_not_used_or_in_another_unit_is_noticed(tmp_path: Path, smelend: Smelend) -> None:
    file, child = tmp_path / "house.yaml", tmp_path / "child.yaml"
    team = "banks: {main: {staffing: {kind: officers, officers: 14, salary: 20}}}\n"
    file.write_text(f"firms: {{count: 1000}}\n{team}")
    said = smelend("validate", file)
    assert (said.status, said.err) == (
        0,
        f"{file}: note: banks.main.staffing.salary: 20 is 750 times below the usual 15,000 "
        "(CNY a month); is it in that unit?\n",
    )
    more = "banks: {main: {staffing: {clients_per_officer: 60, salary: 9000}}}\n"
    child.write_text(f"extends: house.yaml\n{more}")
    said = smelend("validate", child)
    assert (said.status, said.err) == (
        0,
        f"{child}: note: banks.main.staffing.clients_per_officer: not used, since `officers` sets "
        "their number, 14\n",
    )
    assert smelend("validate", child, "--set", "banks.main.staffing.officers=null").err == ""


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (
            "approval: {override: 0.05}",
            "approval.override: not used, since economy.labour.choice.chooses is true (officers ",
        ),
        ("recall: {kind: call, share: 0.5}", ": not used, since mechanisms.guarantees.share is"),
        ("recall: {kind: call}", "recall.kind: not used, since mechanisms.guarantees.share is 0"),
        ("staffing: {rotation_months: 6}", ""),  # it acts, though not on what is measured of it
        ("products: {receivables_up_to: 24}", ""),
        ("staffing: {audit: 0.2}", ""),
    ],
)
def test_a_lever_without_what_it_acts_with_is_noticed(
    tmp_path: Path, smelend: Smelend, overrides: str, said: str
) -> None:
    (tmp_path / "baseline.yaml").write_text("extends: baseline\n", "utf-8")
    measure = tmp_path / "measures" / "idle.yaml"
    measure.parent.mkdir()
    head = 'title: idle\nthesis: mine\nstatements: ["1"]\npackage: approval\n'
    measure.write_text(f"{head}overrides: {{banks: {{main: {{{overrides}}}}}}}\n", "utf-8")
    found = smelend("validate", measure)
    assert found.status == 0
    assert said in found.err
    assert found.err.startswith(f"{measure}: note: banks.main.") == bool(said)


def test_each_switch_is_one_that_a_declared_lever_needs_and_has_a_meaning() -> None:
    banks = [load_scenario(ROOT / f"scenarios/{name}.yaml") for name in ("baseline", "renewals")]
    needed: set[str] = set()
    for family in FAMILIES.values():
        for kind in family.members.values():
            needed |= kind.acts_with.keys()
            needed |= {key for one in describe(kind) if one.pulled for key in one.pulled.acts_with}
    assert needed >= set(SWITCHES)
    for scenario in banks:
        name, bank = next(iter(scenario.banks.items()))
        stated = {
            f"banks.{name}.{one.key}"
            for family in FAMILIES
            for one in describe(type(getattr(bank, family)), f"{family}.")
        } | {f"banks.{name}.{family}.kind" for family in FAMILIES}
        told = list(idle_levers(scenario, stated))
        assert any("approval.override:" in text for text in told)
        assert all(text.endswith(")") and "()" not in text for text in told)


def test_no_measure_of_a_shipped_study_is_without_what_it_acts_with(smelend: Smelend) -> None:
    measures = sorted((ROOT / "scenarios").glob("*/measures/*.yaml"))
    assert len(measures) > 20
    assert smelend("validate", *measures).err == ""
