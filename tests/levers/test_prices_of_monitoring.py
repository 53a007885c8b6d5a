"""What looking after loans costs: better warnings, quicker and firmer action, added pledges."""

from __future__ import annotations

import pytest

from sim.policies.monitoring.inspection import Inspection
from sim.policies.monitoring.none import NoMonitoring


@pytest.mark.parametrize(("precision", "cost"), [(1.5, 20.0), (0.3, 4.0), (3.0, 40.0)])
def test_a_warning_system_costs_by_its_precision(precision: float, cost: float) -> None:
    assert Inspection(precision=precision).watch().system_cost == pytest.approx(cost)


# 1,000 CNY x success / (1 - success) x (1 + 3) / (1 + lag), no cheaper than at the usual lag
@pytest.mark.parametrize(
    ("success", "lag", "cost"),
    [(0.2, 3, 250.0), (0.2, 1, 500.0), (0.2, 0, 1000.0), (0.2, 12, 250.0), (0.5, 3, 1000.0)],
)
def test_an_action_costs_by_its_success_and_its_speed(
    success: float, lag: int, cost: float
) -> None:
    action = Inspection(success=success, response_lag=lag).action()
    assert action.cost == pytest.approx(cost)
    assert action.lag == lag


def test_certain_success_has_a_price() -> None:
    assert Inspection(success=1.0).action().cost == Inspection(success=0.99).action().cost


def test_added_collateral_is_valued_and_registered() -> None:
    plain = Inspection().action().cost
    assert Inspection(added_cover=0.5).action().cost == pytest.approx(plain + 300.0)


def test_where_nobody_looks_nothing_is_paid_and_nobody_acts() -> None:
    watch, action = NoMonitoring().watch(), NoMonitoring().action()
    assert (watch.system_cost, watch.proceeds_check, watch.inspection_cost) == (0.0, 0.0, 0.0)
    assert (action.cost, action.success, action.asked) == (0.0, 0.0, 0.0)
    assert action.lag > 12_000
