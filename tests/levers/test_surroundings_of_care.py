"""What visits, papers and account data are like: each of these numbers reaches a bank's care."""

from __future__ import annotations

from typing import Any

import pytest

from tests.levers.arms import arm

GIVEN = {"monitoring.kind": "care", "monitoring.monthly": 0.5, "monitoring.proceeds_check": 0.5}
BLIND = {"monitoring.kind": "none"}
CHANGES: dict[str, Any] = {
    "mechanisms.visits.sharpness": 5.0,
    "mechanisms.visits.short_of_cash": 12.0,
    "mechanisms.visits.papers_prove": 0.0,
    "mechanisms.account_data.diverting_trace": 20.0,
    "mechanisms.account_data.least_cash": 3.0,
    "mechanisms.account_data.most_cash": 0.0,
    "mechanisms.account_data.noise": 0.1,
    "mechanisms.account_data.noise_months": 1,
    "mechanisms.looking.remembered": 1,
}


@pytest.mark.parametrize("key", CHANGES)
def test_it_changes_the_months_where_a_bank_cares(key: str) -> None:
    assert arm(GIVEN, {}, {}).months != arm(GIVEN, {}, {key: CHANGES[key]}).months


@pytest.mark.parametrize("key", CHANGES)
def test_it_changes_nothing_where_nobody_looks(key: str) -> None:
    assert arm(BLIND, {}, {}).months == arm(BLIND, {}, {key: CHANGES[key]}).months
