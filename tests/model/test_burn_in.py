"""Arms share their burn-in to the bit: they part in month 1, when the measure starts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.market import Market
from tests.model.worlds import MEMBERS, advanced, columns, member, scenario

BASE: dict[str, Any] = {"north": {}, "south": {}}


def arm(bank: dict[str, Any], **content: Any) -> Scenario:
    """Return the base with another first bank from month 1, and the base's burn-in."""
    after = {"north": bank, "south": {}}
    usual = {"burn_in": {"months": 10, "banks": BASE}, "banks": after}
    return scenario(**(usual | content))


def state(market: Market) -> dict[str, np.ndarray]:
    """Return every column at this moment; of officers, those whom both arms have."""
    at_work = market.officers.seat < SEATS
    return {
        name: values[..., at_work] if name.startswith("officers.") else values
        for name, values in columns(market, 0)
    }


SEATS = Simulation(arm({}), [4]).market.seats


@pytest.fixture(scope="module")
def begun() -> dict[str, np.ndarray]:
    return state(advanced(Simulation(arm({}), [4]), 0).market)


def parted(begun: dict[str, np.ndarray], changed: Scenario) -> list[str]:
    """Return the columns in which an arm differs from the base at the end of the burn-in."""
    market = advanced(Simulation(changed, [4]), 0).market
    now = state(market)
    assert list(now) == list(begun)
    return [name for name in now if now[name].tobytes() != begun[name].tobytes()]


@pytest.mark.parametrize(("family", "kind"), MEMBERS)
def test_no_policy_reaches_back_before_month_one(
    family: str, kind: str, begun: dict[str, np.ndarray]
) -> None:
    assert parted(begun, arm({family: member(family, kind)})) == []


@pytest.mark.parametrize(
    "change",
    [
        {"staffing": {"kind": "officers", "clients_per_officer": 5.0}},
        {"staffing": {"kind": "officers", "culture": 0.9}},
        {"growth_target": 0.5},
    ],
)
def test_nor_does_a_measure_of_another_size(
    change: dict[str, Any], begun: dict[str, np.ndarray]
) -> None:
    assert parted(begun, arm(change)) == []


def test_nor_does_the_length_of_the_run_or_another_economy(begun: dict[str, np.ndarray]) -> None:
    assert parted(begun, arm({}, horizon=3)) == []
    base = arm({}).model_dump(mode="json")["economy"]
    calm_before = {"months": 10, "banks": BASE, "economy": base}
    slump = {"macro": {"shift": -2.0, "months": 14}, "funding_rate": 0.05}
    assert parted(begun, arm({}, burn_in=calm_before, economy=slump)) == []


def test_arms_part_in_month_one() -> None:
    base = advanced(Simulation(arm({}), [4]), 1).market
    other = advanced(Simulation(arm({"approval": {"kind": "all"}}), [4]), 1).market
    assert other.ledger.approved[0] > base.ledger.approved[0]
    # nature's luck is the same in both, and so is what firms asked for
    np.testing.assert_array_equal(base.economy.macro, other.economy.macro)
    assert base.ledger.applications[0] == other.ledger.applications[0]


def test_the_burn_in_is_not_reported() -> None:
    recorder = Simulation(arm({}, horizon=3), [4]).run().recorder
    assert recorder.months == 3
