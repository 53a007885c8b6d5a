"""What a policy costs to keep, whatever is lent, and how a bonus plan is paid for."""

from __future__ import annotations

import pytest

from sim.policies.pricing.risk_based import RiskBased
from sim.policies.products.menu import Menu
from sim.policies.rating.estimated import Estimated
from sim.policies.rating.expert import Expert
from sim.policies.screening.none import NoScreening
from sim.policies.staffing.officers import Officers


def test_a_price_that_follows_risk_needs_models() -> None:
    assert RiskBased(sensitivity=0.2).yearly_cost(3000, 1) == pytest.approx(12_000.0)
    assert RiskBased(sensitivity=0.8).yearly_cost(3000, 1) == pytest.approx(48_000.0)


def test_memory_needs_records() -> None:
    assert NoScreening(memory=0.0).yearly_cost(1000, 1) == 0.0
    assert NoScreening(memory=0.5).yearly_cost(1000, 1) == pytest.approx(2_500.0)


def test_a_steeper_rating_needs_evidence() -> None:
    flat, steep = Expert(slope=0.39), Expert(slope=0.65)
    assert flat.yearly_cost(3000, 1) == pytest.approx(11_700.0)
    assert steep.yearly_cost(3000, 1) == pytest.approx(19_500.0)


def test_learning_costs_data_beside_the_expert_and_twice_with_a_bureau() -> None:
    expert = Expert().yearly_cost(1000, 1)
    assert Estimated().yearly_cost(1000, 1) == pytest.approx(expert + 20_000.0)
    assert Estimated(bureau=True).yearly_cost(1000, 1) == pytest.approx(expert + 40_000.0)


def test_every_further_kind_of_loan_costs_design() -> None:
    # 30,000 a year per 1,000 firms for three kinds at a fit of one half
    assert Menu().yearly_cost(1000, 1) == pytest.approx(30_000.0)
    assert Menu(revolving_up_to=1e5).yearly_cost(1000, 1) == pytest.approx(40_000.0)
    bare = Menu(bullet_up_to=0, seasonal_from=600)
    assert bare.yearly_cost(1000, 1) == pytest.approx(10_000.0)
    assert Menu(fit=0.8).yearly_cost(1000, 1) == pytest.approx(120_000.0)


def test_pay_on_quality_and_pay_that_waits_both_cost_more() -> None:
    # .003 of new loans, plus .15 of what is paid on quality and .15 of what is kept back
    usual = Officers(volume_bonus=0.8, deferral=0.0).bonus_rate
    assert usual == pytest.approx(0.003 * (1 + 0.15 * 0.2))
    assert Officers(volume_bonus=0.3).bonus_rate == pytest.approx(0.003 * (1 + 0.15 * 0.7))
    assert Officers(deferral=0.4).bonus_rate == pytest.approx(usual + 0.003 * 0.15 * 0.4)
