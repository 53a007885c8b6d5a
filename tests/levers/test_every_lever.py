"""Every parameter of every policy changes the process that it is for, and what costs is charged.

A parameter that is not pulled here, that changes nothing, or whose cost does not reach the books
fails.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any

import pytest

from sim.core.described import describe
from sim.core.params import NO_LEVER, Params, param
from tests.levers.arms import Arm, arm, complaint
from tests.levers.registry import PARAMETERS, PULLS, Parameter

DEARER = (
    "file_cost", "salaries", "training_cost", "bonus", "monitoring_cost", "workout_cost",
    "fund_fees", "fixed_cost", "provision_charge", "funding_cost", "workload", "days_to_decision",
)  # fmt: skip
FORGONE = ("applications", "disbursed", "taken", "interest_income")  # lending that is not done
ACCOUNTS = dict.fromkeys(DEARER, "+") | dict.fromkeys(FORGONE, "-")

LEVERS = [one for one in PARAMETERS if one.said.cost]


def quick_first(parameters: list[Parameter]) -> Any:
    """Return the mark that tries each; what is inherited or no lever is tried with what takes long.

    Of members that share a parameter and how it is pulled, the first is tried at once.
    """
    seen: set[str] = set()
    tried = []
    for one in parameters:
        pulled = str(one) if str(one) in PULLS else one.key
        tried.append(
            pytest.param(one, marks=[pytest.mark.thorough] * (pulled in seen or not one.said.cost))
        )
        seen.add(pulled)
    return pytest.mark.parametrize("parameter", tried, ids=str)


every_parameter = quick_first(PARAMETERS)


def arms(parameter: Parameter) -> tuple[Arm, Arm]:
    """Return the arm in which a parameter stays and the one in which it is pulled."""
    if parameter.kind == "machine_learned" and find_spec("sklearn") is None:
        pytest.skip("needs the extra ml")
    pull = parameter.pull
    assert pull is not None, "say in tests/levers/pulls what it does"
    chosen = {f"{parameter.family}.kind": parameter.kind} if parameter.family else {}
    given = chosen | pull.given
    change = {parameter.key: pull.to}
    before, after = (change, {}) if pull.throughout else ({}, change)
    return arm(given, {}, pull.world), arm(given | before, after, pull.world)


def test_no_parameter_is_left_out_and_no_pull_is_stale() -> None:
    assert len(PARAMETERS) > 200
    assert [str(one) for one in PARAMETERS if one.pull is None] == []
    used = {str(one) if str(one) in PULLS else one.key for one in PARAMETERS}
    assert set(PULLS) == used


@every_parameter
def test_it_changes_the_process_that_it_is_for(parameter: Parameter) -> None:
    before, after = arms(parameter)
    assert parameter.pull is not None
    assert complaint(before, after, parameter.pull.shows) == ""


@quick_first(LEVERS)
def test_what_it_costs_stands_in_the_books(parameter: Parameter) -> None:
    named = [word for word in re.findall(r"[a-z_]+", parameter.said.cost) if word in ACCOUNTS]
    assert named, f"cost={parameter.said.cost!r} names no account"
    before, after = arms(parameter)
    assert complaint(before, after, " ".join(word + ACCOUNTS[word] for word in named)) == ""


def without_reason(parameters: list[Parameter]) -> list[str]:
    """Return which parameters neither cost anything nor say why they do not."""
    return [str(one) for one in parameters if not (one.said.cost or one.said.no_lever)]


def test_whatever_changes_results_has_a_cost_or_says_that_it_is_no_lever() -> None:
    # every parameter of PARAMETERS changes results: that is tested above
    assert without_reason(PARAMETERS) == []
    assert {one.said.no_lever for one in PARAMETERS} - {""} == set(NO_LEVER)


def test_a_lever_without_a_cost_is_found() -> None:
    class Gift(Params):
        """One lever that costs, one that says nothing, one price."""

        paid: float = param(0.0, unit="-", source="A: -", meaning="-", cost="file_cost")
        free: float = param(0.0, unit="-", source="A: -", meaning="-")
        price: float = param(0.0, unit="-", source="A: -", meaning="-", no_lever="price")

    gift = [Parameter("", "", one.key, one) for one in describe(Gift)]
    assert without_reason(gift) == ["free"]


@pytest.mark.parametrize("words", [{"no_lever": "luck"}, {"no_lever": "price", "cost": "bonus"}])
def test_a_reason_is_one_of_a_few_and_goes_with_no_cost(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no_lever"):
        param(0.0, unit="-", source="A: -", meaning="-", **words)


def test_a_dead_lever_is_found() -> None:
    usual = arm({}, {}, {})
    assert "dead" in complaint(usual, usual, "file_cost+")
    assert "dead" in complaint(usual, arm({}, {"approval.usual_days": 2.0}, {}), "")


def test_a_lever_that_does_something_else_is_found() -> None:
    usual, with_higher_prices = arm({}, {}, {}), arm({}, {"staffing.salary": 50_000.0}, {})
    assert complaint(usual, with_higher_prices, "salaries+") == ""
    assert "salaries-" in complaint(usual, with_higher_prices, "salaries-")
    assert "inspections+" in complaint(usual, with_higher_prices, "salaries+ inspections+")
