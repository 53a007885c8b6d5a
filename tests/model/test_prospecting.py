"""Prospecting brings applications, costs what it adds, and adds firms that others do not want."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.model import volume_plan
from sim.model.branch import branch
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.choices import Reached
from sim.state.facts import Demanded
from sim.world import prospecting
from sim.world.prospecting import Prospects
from tests.model.worlds import advanced, differing, digest, scenario

TEAM = {"kind": "officers", "clients_per_officer": 5.0}
PLAN = {"growth_target": 5.0}  # behind it by more than a tenth from the first month
NO_PLAN = {"growth_target": -1.0}
SEEDS = [1, 2]


def world(*banks: dict[str, Any], respond: bool = True, **firms: Any) -> Scenario:
    """Return a market whose firms respond to prospecting, in the burn-in too."""
    demand = {"need_monthly": 0.1} | firms.pop("demand", {})
    prospects = {"respond": respond} | firms.pop("prospects", {})
    people = {"count": 200, "demand": demand, "prospects": prospects}
    return scenario(*({"staffing": TEAM} | bank for bank in banks), horizon=6, firms=people | firms)


@pytest.mark.parametrize("several", [{}, {"banks_asked": 2}])
@pytest.mark.parametrize("banks", [1, 2])
def test_at_a_usual_reach_nothing_changes(banks: int, several: dict[str, Any]) -> None:
    demand = several if banks > 1 else {}
    both = [
        simulate(world(*[NO_PLAN] * banks, respond=respond, demand=demand), seeds=SEEDS).months
        for respond in (False, True)
    ]
    assert digest(both[0]) == digest(both[1])


def test_reach_has_walk_ins_and_diminishing_returns() -> None:
    rule = Prospects(walk_ins=0.4, returns=0.5)
    hours, more = np.array([1.0, 1.0, 1.0, 4.0]), np.array([0.0, 3.0, -1.0, 0.0])
    reach = prospecting.reach(hours, more, rule)
    np.testing.assert_allclose(reach, [1.0, 0.4 + 0.6 * 2.0, 0.4, 0.4 + 0.6 * 2.0])


def test_those_added_are_as_many_and_weaker() -> None:
    rule = Prospects(refused_before=0.5, refused_share=0.4).record()
    refused, other = (prospecting.weight(3.0, flag, rule) for flag in (True, False))
    np.testing.assert_allclose(0.4 * refused + 0.6 * other, 3.0)  # on average as many
    np.testing.assert_allclose(refused, 1.0 + 2.0 * (0.5 + 0.5 / 0.4))
    for flag in (True, False):
        np.testing.assert_allclose(prospecting.weight(0.7, flag, rule), 0.7)


def test_a_rival_refuses_the_share_with_the_worst_readings() -> None:
    rng = np.random.default_rng(1)
    theta, noise = rng.normal(size=(2, 20_000))
    refused = np.array([
        prospecting.refused_elsewhere(one, other, 0.5, 0.4)
        for one, other in zip(theta, noise, strict=True)
    ])  # fmt: skip
    np.testing.assert_allclose(refused.mean(), 0.4, atol=0.015)
    reading = theta + noise / np.sqrt(0.5)
    assert reading[refused].max() < reading[~refused].min()


def applicants(settings: Scenario, month: int = 3) -> tuple[Demanded, Simulation]:
    """Return who applied in the first months, and the market then."""
    facts: list[Any] = []
    simulation = Simulation(settings, SEEDS)
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, month)
    return [fact for fact in facts if isinstance(fact, Demanded)][-1], simulation


def quality(refused_before: float) -> tuple[float, int]:
    """Return mean quality and number of this month's applicants of a bank far behind its plan."""
    market = world(PLAN, count=2000, prospects={"refused_before": refused_before})
    demanded, simulation = applicants(market, 2)
    return simulation.market.firms.theta[demanded.rows].mean(), demanded.rows.size


def test_a_plan_adds_applicants_whom_others_refused() -> None:
    (mixed, number), (weak, as_many) = quality(0.0), quality(1.0)
    assert weak < mixed - 0.1
    assert as_many == pytest.approx(number, rel=0.2)
    usual, _ = applicants(world(NO_PLAN, count=2000), 2)
    assert number > 1.5 * usual.rows.size


def test_of_two_banks_the_one_with_a_plan_gets_more() -> None:
    months = simulate(world(PLAN, NO_PLAN), seeds=SEEDS).months
    behind, other = (months[months["bank"] == f"bank {k}"]["applications"].sum() for k in (0, 1))
    assert behind > 1.5 * other


def test_prospecting_beyond_officers_hours_is_paid_by_the_hour() -> None:
    facts, months = [], {}
    for cost in (0.0, 1000.0):
        settings = world({**PLAN, "staffing": TEAM | {"marketing_cost": cost}})
        months[cost] = simulate(settings, seeds=SEEDS).months
        simulation = Simulation(settings, SEEDS)
        simulation.observer = lambda step, fact: facts.append(fact)
        advanced(simulation, 1)
    reached = [fact for fact in facts if isinstance(fact, Reached)][-1]
    assert (reached.bought > 0.5).all()
    first = {cost: book[book["month"] == 1] for cost, book in months.items()}
    spent = first[1000.0]["fixed_cost"].to_numpy() - first[0.0]["fixed_cost"].to_numpy()
    usual = first[0.0]["applications"].to_numpy() / reached.reach[0]
    # usual work finds six in ten of the usual applications
    np.testing.assert_allclose(spent, reached.bought[0] * 0.6 * usual * 1000.0)


def test_officers_own_hours_cost_nothing_more() -> None:
    nothing = prospecting.bought(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, -1.0]))
    np.testing.assert_array_equal(nothing, 0.0)


def test_each_further_applicant_costs_more_than_the_one_before() -> None:
    rule, one = Prospects(), np.ones(5)
    more = np.array([0.6, 1.2, 2.4, 3.6, 6.0])
    found = prospecting.reach(one, more, rule)
    spent = prospecting.price_of_search(prospecting.bought(one, more), 100.0 * one, 500.0, rule)
    each = np.diff(spent) / np.diff(100.0 * found)
    assert (np.diff(each) > 0.0).all()
    # near the usual pace an hour finds returns x as much as a usual one
    tiny = np.array([1e-6])
    added = 100.0 * (prospecting.reach(np.ones(1), tiny, rule) - 1.0)
    price = prospecting.price_of_search(tiny, np.array([100.0]), 500.0, rule)
    assert price / added == pytest.approx(500.0 / rule.returns, rel=1e-4)


def test_pay_on_volume_prospects_more_where_officers_choose() -> None:
    def applied(volume: float) -> float:
        team = TEAM | {"volume_bonus": volume, "bonus": 0.003}
        choosing = world({**NO_PLAN, "staffing": team}, count=1000).with_(
            {"economy.labour.choice.chooses": True}
        )
        return float(simulate(choosing, seeds=SEEDS).months["applications"].sum())

    assert applied(1.0) > 1.1 * applied(0.0)


def seats(simulation: Simulation) -> Floats:
    """Return how many officers each run has."""
    officers = simulation.market.officers
    return np.bincount(officers.run[officers.active], minlength=len(SEEDS))


def test_officers_follow_the_plan_and_are_paid() -> None:
    usual = {"growth_target": 1.0, "staffing": TEAM}
    grows = usual | {"staffing": TEAM | {"follows_plan": True}}
    settings = scenario(grows, horizon=24, firms={"count": 200})
    simulation = advanced(Simulation(settings, SEEDS), 12)
    np.testing.assert_array_equal(seats(simulation), 20)  # 200 firms x .25 loans / 5, doubled
    salaries = simulation.recorder.pages[11, simulation.recorder.names.index("salaries"), 0]
    assert salaries == pytest.approx(20 * 15_000.0)
    stays = advanced(Simulation(scenario(usual, horizon=24, firms={"count": 200}), SEEDS), 12)
    np.testing.assert_array_equal(seats(stays), 10)
    np.testing.assert_array_equal(seats(advanced(simulation, 24)), 40)
    np.testing.assert_array_equal(seats(advanced(simulation, 26)), 40)  # the plan ends there


def test_a_run_that_goes_on_from_a_checkpoint_has_the_same_officers() -> None:
    grows = {"growth_target": 1.0, "staffing": TEAM | {"follows_plan": True}}
    settings = scenario(grows, horizon=12)
    whole = advanced(Simulation(settings, SEEDS), 9)
    part = advanced(branch(advanced(Simulation(settings, SEEDS), 5).checkpoint()), 9)
    assert differing(whole.market, 0, part.market, 0) == []


def test_without_a_plan_there_is_no_gap() -> None:
    def gap(bank: dict[str, Any], month: int) -> Floats:
        simulation = advanced(Simulation(world(bank), SEEDS), month)
        loans = simulation.market.books.gross_loans[simulation.market.books_at(0)]
        return volume_plan.gap(simulation.after.banks[0], simulation.market, loans)

    np.testing.assert_array_equal(gap(NO_PLAN, 2), 0.0)
    np.testing.assert_array_equal(gap({"growth_target": -0.9}, 6), -1.0)


PARAMETERS = {"walk_ins": 0.9, "returns": 0.2, "refused_before": 1.0, "refused_share": 0.1}


@pytest.mark.parametrize("key", PARAMETERS)
def test_every_parameter_reaches_a_run(key: str) -> None:
    assert {*PARAMETERS, "respond"} == set(Prospects.model_fields)
    choosing = {"economy.labour.choice.chooses": True}
    usual, changed = (
        simulate(world(PLAN, prospects=one).with_(choosing), seeds=SEEDS).months
        for one in ({}, {key: PARAMETERS[key]})
    )
    assert digest(usual) != digest(changed)
