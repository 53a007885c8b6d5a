"""Choosing another member of a family changes what the family is for, and is charged."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from sim.analysis.levers.declared import levers_of, pulls_of
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FAMILIES
from tests.levers.arms import arm, complaint

# from one member to another in month 1, and what must follow
SWITCHES = {
    ("screening", "none", "investigation"): "belief_variance- file_cost+ workload+",
    ("screening", "investigation", "sequential"): "belief_variance+ file_cost- workload-",
    ("rating", "expert", "flat"): "pd_spread- fixed_cost-",
    ("rating", "expert", "estimated"): "pd_spread~ fixed_cost+",
    ("rating", "estimated", "machine_learned"): "pd_spread~ fixed_cost+",
    ("approval", "cut_off", "all"): "approval_rate+ disbursed+",
    ("approval", "cut_off", "profit_optimal"): "approval_rate- mean_rate-",
    ("pricing", "flat", "risk_based"): "rate_dispersion+ fixed_cost+",
    ("products", "instalment", "menu"): "seasonal+ bullet+ fixed_cost+",
    ("collateral", "none", "pledge"): "pledged+ file_cost+ realised_lgd-",
    ("collateral", "pledge", "mixed"): "guaranteed+ movables+ file_cost+",
    (
        "monitoring",
        "none",
        "care",
    ): "inspections+ alarms+ monitoring_cost+ workload+ caught+ eased+",
    ("renewal", "none", "repay_first"): "renewals+ renewals_asked+ bridge_loans+ file_cost+",
    ("renewal", "repay_first", "without_repayment"): "refinanced+ bridge_loans- file_cost+",
    ("recall", "hold", "call"): "recalled+ gross_loans- monitoring_cost+",
    ("recall", "hold", "restructure"): "eased+ gross_loans+ monitoring_cost+",
    ("workout", "write_off", "sale"): "sold+ recoveries-",
    ("provisioning", "flat", "five_class"): "provisions~",
    ("provisioning", "flat", "expected_loss"): "provisions~",
    ("staffing", "none", "officers"): "belief_variance+ salaries+ training_cost+ bonus+ workload+",
    ("capital", "standardised", "irb"): "equity~ fixed_cost+",
}
WORLDS: dict[str, dict[str, Any]] = {
    "collateral": {"horizon": 24},  # until workouts bring something
    "recall": {"mechanisms.guarantees.share": 0.8},
    "workout": {"horizon": 14},  # likewise
    "renewal": {"firms.demand.bullet_share": 0.9},  # most short loans end in one payment
}
EAGER = {"fewest_loans": 10, "fewest_defaults": 2}


@pytest.mark.parametrize("switch", SWITCHES, ids=" ".join)
@pytest.mark.thorough
def test_it_shows_and_is_charged(switch: tuple[str, str, str]) -> None:
    family, before, after = switch
    if after == "machine_learned" and find_spec("sklearn") is None:
        pytest.skip("needs the extra ml")
    kind = f"{family}.kind"
    learning = {
        name: {f"{family}.{key}": value for key, value in EAGER.items()}
        if name in ("estimated", "machine_learned")
        else {}
        for name in (before, after)
    }
    world = {"burn_in.months": 30} if any(learning.values()) else WORLDS.get(family, {})
    given, change = {kind: before} | learning[before], {kind: after} | learning[after]
    assert complaint(arm(given, {}, world), arm(given, change, world), SWITCHES[switch]) == ""


def test_every_member_takes_part() -> None:
    shown = {(family, kind) for family, *kinds in SWITCHES for kind in kinds}
    members = {(family, kind) for family, found in FAMILIES.items() for kind in found.members}
    assert shown == members


def test_another_kind_is_pulled_where_it_acts() -> None:
    (lever,) = levers_of(load_scenario("baseline"), "recall.kind=call")
    assert "mechanisms.guarantees.share" in lever.acts_with
    assert pulls_of(load_scenario("baseline"), lever).high[1].mechanisms.guarantees.share > 0.0
