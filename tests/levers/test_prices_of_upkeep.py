"""What a policy costs to keep, whatever is lent, and how a bonus plan is paid for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.policies.capital.irb import InternalRatings
from sim.policies.capital.standardised import Standardised
from sim.policies.pricing.risk_based import RiskBased
from sim.policies.products.menu import Menu
from sim.policies.rating.estimated import Estimated
from sim.policies.rating.expert import Expert
from sim.policies.screening.none import NoScreening
from sim.policies.staffing.officers import Officers
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys, load_measure

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_a_price_that_follows_risk_needs_models() -> None:
    assert RiskBased(sensitivity=0.2).yearly_cost(3000, 1) == pytest.approx(12_000.0)
    assert RiskBased(sensitivity=0.8).yearly_cost(3000, 1) == pytest.approx(48_000.0)


def test_memory_needs_records_and_behaviour_a_system() -> None:
    blind = {"learns_from_behaviour": False}
    assert NoScreening(memory=0.0, **blind).yearly_cost(1000, 1) == 0.0
    assert NoScreening(memory=0.5, **blind).yearly_cost(1000, 1) == pytest.approx(2_500.0)
    assert NoScreening(memory=0.0).yearly_cost(3000, 1) == pytest.approx(6_000.0)


def test_another_rating_is_developed_and_validated_by_what_moves() -> None:
    found = (0.05, 0.80, 0.05, 0.05, 0.05)
    usual = Expert().yearly_cost(3000, 1)
    # .50 leaves finance; 40,000 CNY a year per 1,000 firms were it all
    assert Expert(usual_weights=found).yearly_cost(3000, 1) == pytest.approx(usual + 60_000.0)
    kept = Expert(squared_weights=found, usual_weights=found)
    assert kept.yearly_cost(3000, 1) == pytest.approx(usual)


@pytest.mark.parametrize("measure", ["foreign/measures/own_indicators", "common/measures/rating"])
def test_the_foreign_bank_pays_for_its_own_indicators(measure: str) -> None:
    bank = SCENARIOS / "foreign/baseline.yaml"
    before = load_scenario(bank).banks["main"].rating
    keys, _ = joined_keys([load_measure(SCENARIOS / f"{measure}.yaml")])
    after = load_scenario(bank).with_(keys).banks["main"].rating
    assert after.yearly_cost(1000, 1) == pytest.approx(before.yearly_cost(1000, 1) + 20_000.0)


def test_internal_ratings_need_models_that_the_supervisor_accepts() -> None:
    assert Standardised().yearly_cost(1000, 1) == 0.0
    assert InternalRatings().yearly_cost(3000, 1) == pytest.approx(300_000.0)


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
