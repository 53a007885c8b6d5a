"""What firms, officers, rivals and supervisors are like: each of these numbers reaches a run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.levers.arms import arm

CHANGES: dict[str, Any] = {
    "firms.take_up.rivals": 3,
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
    "economy.labour.head_start": 60.0,
    "economy.labour.queue_days": 30.0,
    "economy.labour.full_load": 0.2,
    "economy.labour.pressure_effect": 1.0,
    "economy.labour.kept_at_handover": 0.0,
    "economy.regulation.probation": 1,
    "economy.resolution.fund_pays": 1.0,
    "economy.unknown_pd": 0.5,
    "mechanisms.repayment.reduction": 0.5,
    "mechanisms.repayment.seasonal_swing": 0.0,
}
# what counts only where loans end in one payment, and are renewed
AT_MATURITY: dict[str, Any] = {
    "firms.demand.bullet_share": 0.9,
    "mechanisms.renewals.freeze_from": 5,
}
AT_MATURITY_TOO: dict[str, Any] = {
    "firms.demand.bullet_share": 0.3,
    "firms.demand.bullet_term": 3,
    "mechanisms.renewals.ask_below": 0.1,
    "mechanisms.renewals.kept_back": 0.0,
    "mechanisms.renewals.observation": 0,
    "mechanisms.renewals.freeze_from": 2,
    "mechanisms.renewals.freeze_months": 1,
    "mechanisms.renewals.freeze_share": 0.2,
    "mechanisms.bridges.price": 0.02,
    "mechanisms.bridges.found": 0.1,
    "mechanisms.bridges.limit": 0.1,
    "mechanisms.bridges.patience": 0,
}
# where borrowers have something to fear
FEARFUL: dict[str, Any] = {
    "horizon": 14,
    "firms.temptation.view_at_start": 0.05,
    "firms.temptation.relationship": 0.2,
}
IN_IT: dict[str, Any] = {
    "firms.temptation.taken": 0.8,
    "firms.temptation.window": 1,
    "firms.temptation.listing_loss": 1.0,
    "firms.temptation.relationship_years": 0.0,
    "firms.temptation.view_at_start": 0.3,
    "firms.temptation.start_weight": 0.01,
    "firms.temptation.half_life": 1.0,
    "firms.demand.view_at_start": 1.0,
    "firms.demand.start_weight": 1_000.0,
    "firms.demand.half_life": 1.0,
    "economy.regulation.misuse_penalty": 3.0,
    "economy.regulation.overdue_penalty": 1.5,
    "economy.regulation.listed_months": 0,
}
# what counts only where firms guarantee each other's loans
CIRCLES: dict[str, Any] = {"mechanisms.guarantees.share": 0.8}
IN_CIRCLES: dict[str, Any] = {
    "mechanisms.guarantees.share": 0.2,
    "mechanisms.guarantees.enough": 0.1,
    "mechanisms.guarantees.covers": 0.2,
    "mechanisms.guarantees.pairs": 0.1,
    "mechanisms.guarantees.joins": 0.1,
    "mechanisms.guarantees.chain": 1.0,
    "mechanisms.guarantees.fan": 1.0,
    "mechanisms.guarantees.circle": 0.0,
    "mechanisms.guarantees.most": 1,
    "mechanisms.guarantees.borrowers": 0.0,
    "mechanisms.calling.kept": 3.0,
    "mechanisms.followed_calls.within": 1,
}
GIVEN = {
    "collateral.fund_share": 0.5, "growth_target": 5.0, "staffing.turnover_monthly": 0.2,
    "collateral.fund_cap": 1e6, "products.kind": "menu", "products.revolving_up_to": 1e6,
}  # fmt: skip


@pytest.mark.parametrize("key", CHANGES)
def test_it_changes_the_months(key: str) -> None:
    assert arm(GIVEN, {}, {}).months != arm(GIVEN, {}, {key: CHANGES[key]}).months


@pytest.mark.parametrize("key", IN_IT)
@pytest.mark.thorough
def test_it_changes_the_months_of_those_who_fear(key: str) -> None:
    usual = arm(GIVEN, {}, FEARFUL)
    assert usual.months != arm(GIVEN, {}, FEARFUL | {key: IN_IT[key]}).months


@pytest.mark.parametrize("key", AT_MATURITY_TOO)
@pytest.mark.thorough
def test_it_changes_the_months_of_loans_that_end_in_one_payment(key: str) -> None:
    slow = {"renewal.kind": "repay_first", "renewal.days": 30.0}
    usual = arm(slow, {}, AT_MATURITY)
    assert usual.months != arm(slow, {}, AT_MATURITY | {key: AT_MATURITY_TOO[key]}).months


@pytest.mark.parametrize("key", IN_CIRCLES)
@pytest.mark.thorough
def test_it_changes_the_months_of_circles(key: str) -> None:
    usual = arm(GIVEN, {}, CIRCLES)
    assert usual.months != arm(GIVEN, {}, CIRCLES | {key: IN_CIRCLES[key]}).months


def test_a_banks_reputation_moves_what_impatient_firms_do() -> None:
    impatient = {"firms.urgency.daily": 0.003}
    quick = impatient | {"firms.reputation_weight": 1.0}
    assert arm(GIVEN, {}, impatient).months != arm(GIVEN, {}, quick).months
