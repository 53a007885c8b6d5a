"""Rules in operation: they move the segment that they name, and cost what is carried out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import load_scenario, simulate
from sim.core.errors import RequestError
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.scenario.strength import strengthened

BASE = Scenario().with_({"firms.count": 300, "horizon": 3, "burn_in.months": 4})
LIMIT = 300_000
LARGE = {"amount": {"over": LIMIT}}
ALL_KINDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "approval.pd_max": (0.06, LARGE),
    "approval.review_precision": (1.0, {"relationship": {"up_to": 2}}),
    "pricing.sensitivity": (0.5, {"sector": ["services", "construction"]}),
    "screening.site_visit.precision": (5.0, {"firm_age": {"from": 3}}),
    "screening.memory": (0.5, {"past_arrears": {"over": 0}}),
    "products.bullet_up_to": (3, {"stated_turnover": {"under": 3e6}}),
    "collateral.cover": (0.5, {"pd": {"over": 0.03}}),
    "monitoring.monthly": (0.08, {"grade": "special_mention"}),
    "monitoring.proceeds_check": (0.1, {"principal": {"over": LIMIT}}),
}


def ruled(otherwise: Any, when: dict[str, Any], then: Any) -> dict[str, Any]:
    return {"otherwise": otherwise, "when": [{"if": when, "then": then}]}


def after_a_month(settings: dict[str, Any]) -> Simulation:
    """Return the market after a month under settings, from the same books for all settings."""
    simulation = Simulation(BASE, [5, 6])
    for _ in range(4):
        simulation.advance()
    simulation.take(BASE.with_(settings))
    simulation.advance()
    return simulation


def lent(simulation: Simulation, large: bool) -> set[int]:
    """Return the slots of this month's loans above the limit, or up to it."""
    loans = simulation.market.loans
    new = (loans.granted == simulation.month) & (loans.lender == 0)
    return set(np.flatnonzero(new & ((loans.principal > LIMIT) == large)).tolist())


def test_rules_that_all_give_one_value_change_no_bit() -> None:
    constant = {f"banks.main.{key}": value for key, (value, _) in ALL_KINDS.items()}
    same = {
        f"banks.main.{key}": ruled(value, when, value) for key, (value, when) in ALL_KINDS.items()
    }
    months = [simulate(BASE.with_(one), seeds=[3, 4]).months for one in (constant, same)]
    numbers = [one.select_dtypes("number") for one in months]
    assert numbers[0].to_numpy().tobytes() == numbers[1].to_numpy().tobytes()


def test_a_rule_moves_only_the_segment_that_it_names() -> None:
    before, strict = after_a_month({}), {"banks.main.approval.pd_max": ruled(0.06, LARGE, 0.001)}
    after = after_a_month(strict)
    assert lent(after, large=False) == lent(before, large=False) != set()
    assert lent(after, large=True) < lent(before, large=True)


def test_steps_are_charged_where_they_are_carried_out() -> None:
    def spent(precision: Any) -> float:
        settings = {"banks.main.screening.owner_visit.precision": precision}
        return float(after_a_month(settings).market.ledger.file_cost.sum())

    none, some, all_files = spent(0.0), spent(ruled(0.0, LARGE, 3.0)), spent(3.0)
    assert none < some < all_files


def test_a_running_cost_is_that_of_the_most_expensive_value() -> None:
    def yearly(sensitivity: Any) -> float:
        settings = {"banks.main.pricing.sensitivity": sensitivity}
        return Simulation(BASE.with_(settings), [1]).after.banks[0].yearly_cost

    assert yearly(ruled(0.2, LARGE, 0.8)) == yearly(ruled(0.8, LARGE, 0.2)) == yearly(0.8)
    assert yearly(0.2) < yearly(0.8)


def test_only_the_loans_of_a_rule_are_inspected() -> None:
    old = ruled(0.0, {"loan_age": {"over": 2}}, 1.0)
    settings = {"banks.main.monitoring.monthly": old, "banks.main.staffing.culture": 1.0}
    count = {
        name: float(after_a_month({**settings, **more}).market.ledger.inspections.sum())
        for name, more in {
            "old": {},
            "none": {"banks.main.monitoring.monthly": 0.0},
            "all": {"banks.main.monitoring.monthly": 1.0},
        }.items()
    }
    assert count["none"] == 0.0 < count["old"] < count["all"]


@pytest.mark.parametrize("cap", [0.02, ruled(10.0, LARGE, 0.02)])
def test_the_cap_on_spreads_lowers_rates_and_refuses_nobody(cap: Any) -> None:
    simulation = after_a_month({"banks.main.pricing.rate_spread_cap": cap})
    loans, economy = simulation.market.loans, BASE.economy
    large = sorted(lent(simulation, large=True))
    assert (loans.rate[large] <= economy.funding_rate + 0.02).all()
    usual = after_a_month({})
    assert (
        usual.market.loans.rate[sorted(lent(usual, large=True))] > economy.funding_rate + 0.02
    ).any()
    assert simulation.market.ledger.approved.sum() == usual.market.ledger.approved.sum()


def test_officers_are_given_as_a_number_or_as_a_change() -> None:
    def seats(officers: Any) -> int:
        scenario = BASE.with_({"banks.main.staffing.officers": officers})
        return scenario.banks["main"].staffing.seats(3000)

    assert (seats(None), seats(14), seats({"add": 4}), seats({"add": -1})) == (5, 14, 9, 4)
    assert seats({"add": -50}) == 1


def test_officers_are_added_to_those_that_a_bank_states(tmp_path: Path) -> None:
    base, more = (tmp_path / f"{name}.yaml" for name in ("base", "more"))
    base.write_text("banks: {main: {staffing: {kind: officers, officers: 6}}}\n")
    more.write_text("extends: base.yaml\nbanks: {main: {staffing: {officers: {add: 2}}}}\n")
    found = [load_scenario(file).banks["main"].staffing.officers for file in (base, more)]
    assert found == [6, 8]
    stated = load_scenario(base).with_({"banks.main.staffing.officers": {"add": 2}})
    assert stated.banks["main"].staffing.officers == 8
    assert strengthened({}, {"banks.main.staffing.officers": {"add": 4}}, 0.5) == {
        "banks.main.staffing.officers": {"add": 2}
    }
    officers = "banks: {{main: {{staffing: {{officers: {{add: {}}}}}}}}}"
    for wrong in ("firms: {count: {add: 2}}", officers.format(2.5), officers.format(-6)):
        more.write_text(f"extends: base.yaml\n{wrong}\n")
        with pytest.raises(RequestError, match="whole number"):
            load_scenario(more)
