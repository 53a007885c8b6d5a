"""What looking after loans costs: better warnings, quicker and firmer action, added pledges."""

from __future__ import annotations

import pytest

from sim.policies.monitoring.care import Care
from sim.policies.monitoring.none import NoMonitoring


# 1,000 CNY x success / (1 - success) x (1 + 3) / (1 + lag), no cheaper than at the usual lag
@pytest.mark.parametrize(
    ("success", "lag", "cost"),
    [(0.2, 3, 250.0), (0.2, 1, 500.0), (0.2, 0, 1000.0), (0.2, 12, 250.0), (0.5, 3, 1000.0)],
)
def test_an_action_costs_by_its_success_and_its_speed(
    success: float, lag: int, cost: float
) -> None:
    action = Care(success=success, response_lag=lag).action()
    assert action.cost == pytest.approx(cost)
    assert action.lag == lag


def test_certain_success_has_a_price() -> None:
    assert Care(success=1.0).action().cost == Care(success=0.99).action().cost


def test_added_collateral_is_valued_and_registered() -> None:
    plain = Care().action().cost
    assert Care(added_cover=0.5).action().cost == pytest.approx(plain + 300.0)


def test_where_nobody_looks_nothing_is_paid_and_nobody_acts() -> None:
    watch, action = NoMonitoring().watch(), NoMonitoring().action()
    assert (watch.system_cost, watch.proceeds_check, watch.inspection_cost) == (0.0, 0.0, 0.0)
    assert (action.cost, action.success, action.asked) == (0.0, 0.0, 0.0)
    assert action.lag > 12_000


@pytest.mark.parametrize(("precision", "hours"), [(0.0, 1.4), (0.3, 2.0), (1.5, 4.4)])
def test_a_closer_visit_takes_longer(precision: float, hours: float) -> None:
    assert Care(precision=precision).watch().inspection_hours == pytest.approx(hours)


@pytest.mark.parametrize(("precision", "cost"), [(0.0, 0.0), (0.3, 4.0), (1.5, 20.0), (3.0, 40.0)])
def test_account_data_cost_by_their_precision(precision: float, cost: float) -> None:
    assert Care(accounts=precision).watch().system_cost == pytest.approx(cost)


def test_an_action_takes_hours_and_a_changed_contract_is_paid_for() -> None:
    assert Care().action().hours == 3.0
    assert Care().action().contract_cost == 300.0
