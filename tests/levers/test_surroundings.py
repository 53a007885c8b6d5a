"""What firms, officers, rivals and supervisors are like: each of these numbers reaches a run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.levers.arms import arm

CHANGES: dict[str, Any] = {
    "firms.take_up.rival_term": 1,
    "firms.take_up.rival_limit": 0.02,
    "firms.take_up.rival_lgd": 1.0,
    "firms.take_up.rival_shared": 1.0,
    "firms.take_up.rival_cut_off": 0.02,
    "firms.readings.new_share": 1.0,
    "firms.readings.reader_share": 1.0,
    "firms.demand.usual_verification": 1.0,
    "firms.quality_weights": [0.02, 0.9, 0.02, 0.04, 0.02],
    "firms.volatility_at": 1e6,
    "firms.ruin_debt": 0.1,
    "firms.ruin_months": 12,
    "firms.usual_detection": 0.9,
    "economy.labour.head_start": 60.0,
    "economy.labour.queue_days": 30.0,
    "economy.labour.full_load": 0.2,
    "economy.labour.pressure_effect": 1.0,
    "economy.labour.kept_at_handover": 0.0,
    "economy.regulation.probation": 1,
    "economy.resolution.fund_pays": 1.0,
    "economy.unknown_pd": 0.5,
    "mechanisms.monitoring.diverting_trace": 20.0,
    "mechanisms.monitoring.cash_seen": 1.0,
    "mechanisms.monitoring.view_weight": 1.0,
    "mechanisms.repayment.reduction": 0.5,
    "mechanisms.repayment.seasonal_swing": 0.0,
}
GIVEN = {
    "collateral.fund_share": 0.5, "growth_target": 5.0, "staffing.turnover_monthly": 0.2,
    "collateral.fund_cap": 1e6, "products.kind": "menu", "products.revolving_up_to": 1e6,
}  # fmt: skip


@pytest.mark.parametrize("key", CHANGES)
def test_it_changes_the_months(key: str) -> None:
    assert arm(GIVEN, {}, {}).months != arm(GIVEN, {}, {key: CHANGES[key]}).months


def test_a_banks_reputation_moves_what_impatient_firms_do() -> None:
    impatient = {"firms.urgency.daily": 0.003}
    quick = impatient | {"firms.reputation_weight": 1.0}
    assert arm(GIVEN, {}, impatient).months != arm(GIVEN, {}, quick).months
