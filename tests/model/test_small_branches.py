"""A branch's size: officers in shares of full time, and capital that does not come in lumps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.apps import batch
from sim.model import allocation
from sim.model.bank import BankAtWork
from sim.model.simulation import Simulation
from sim.policies.capital.standardised import Standardised
from sim.policies.staffing.officers import Officers
from sim.runs.plan import Plan
from sim.scenario.schema import BankParams
from sim.scenario.small_markets import notice
from sim.state import teams
from tests.model.worlds import advanced, scenario

PLAN = {"kind": "officers", "loans_per_firm": 0.5, "clients_per_officer": 150.0}


def bank(firms: int, **staffing: Any) -> BankAtWork:
    policy = BankParams.model_validate({"staffing": PLAN | staffing})
    return BankAtWork(0, "main", policy, firms)


@pytest.mark.parametrize("firms", [300, 1_000, 1_020, 3_000, 20_000])
def test_part_time_officers_work_and_cost_what_is_planned(firms: int) -> None:
    one, many = bank(firms, part_time=True), bank(firms * 3_000, part_time=True)
    planned = firms * 0.5 / 150.0
    assert one.seats == int(np.ceil(planned - 1e-9))
    assert one.full_time == pytest.approx(planned)
    staffing = one.policy.staffing
    for each in (staffing.salaries, staffing.training):
        assert each(one.full_time) * 3_000 == pytest.approx(each(many.full_time))
    assert one.yearly_cost * 3_000 == pytest.approx(many.yearly_cost)
    assert one.planned_cost_per_loan == pytest.approx(many.planned_cost_per_loan)


def test_without_it_the_plan_is_rounded_and_all_work_full_time() -> None:
    whole = bank(1_000)
    assert (whole.seats, whole.full_time) == (3, 3.0)


def test_a_stated_number_or_addition_counts_full_time() -> None:
    assert bank(1_000, part_time=True, officers=5).full_time == 5.0
    added = bank(1_000, part_time=True, officers={"add": 2})
    assert (added.seats, added.full_time) == (6, pytest.approx(1_000 / 300 + 2.0))
    few = Officers(part_time=True, officers={"add": -9})  # type: ignore[arg-type]
    assert few.seats(1_000) == 1
    assert few.full_time(1_000) > 0.0


def worked(part_time: bool, firms: int) -> tuple[float, float]:
    """Return salaries per firm and mean workload of a branch."""
    staffing = {"kind": "officers", "clients_per_officer": 40.0, "part_time": part_time}
    world = scenario(
        {"staffing": staffing, "growth_target": -1.0},
        firms={"count": firms, "demand": {"need_monthly": 0.06}}, horizon=24,
        burn_in={"months": 12},
    )  # fmt: skip
    simulation = advanced(Simulation(world, list(range(2_400 // firms))), 24)
    lenders = simulation.market.lenders
    pay, load = (
        simulation.recorder.column(name)[:, ::lenders].mean() for name in ("salaries", "workload")
    )
    return float(pay) / firms, float(load)


def test_a_small_branch_is_as_busy_as_a_large_one_for_the_same_pay() -> None:
    # 240 firms plan 1.5 officers
    small, large, rounded = worked(True, 240), worked(True, 2_400), worked(False, 240)
    assert small[0] == pytest.approx(large[0], rel=1e-12)
    assert small[1] == pytest.approx(large[1], rel=0.1)
    assert abs(rounded[1] / large[1] - 1.0) > 0.15


GROWS = {"kind": "officers", "clients_per_officer": 40.0, "part_time": True, "follows_plan": True}


@pytest.mark.parametrize("firms", [240, 2_400])
def test_officers_follow_the_plan_every_month_in_a_branch_of_any_size(firms: int) -> None:
    world = scenario(
        {"staffing": GROWS, "growth_target": 0.5}, firms={"count": firms}, horizon=18,
        burn_in={"months": 3},
    )  # fmt: skip
    simulation = advanced(Simulation(world, [1, 2]), 18)
    pay = simulation.recorder.column("salaries")[:, :: simulation.market.lenders]
    planned = firms * 0.25 / 40.0 * 1.5 ** (np.arange(1, 19) / 12.0)  # officers
    np.testing.assert_allclose(pay, 15_000.0 * np.stack([planned, planned], axis=1))


def test_only_the_last_seat_is_part_time_and_gets_as_many_firms_fewer() -> None:
    # 4,600 firms plan 2.3 officers
    staffing = {"kind": "officers", "clients_per_officer": 500.0, "part_time": True}
    for skilled in (False, True):
        bank = {"staffing": staffing | {"allocation_by_skill": skilled}}
        world = scenario(bank, firms={"count": 4_600}, burn_in={"months": 1})
        simulation = advanced(Simulation(world, [1, 2]), 1)
        market, made = simulation.market, simulation.after.banks[0]
        np.testing.assert_allclose(teams.shares(market, 0), [1.0, 1.0, 0.3] * 2)
        rows = np.arange(4_600)
        seat = allocation.seats_for(market, rows, made)
        given = np.bincount(seat, minlength=3) / rows.size
        np.testing.assert_allclose(given, np.array([1.0, 1.0, 0.3]) / 2.3, atol=0.03)


def lends(backed: bool) -> np.ndarray:
    """Return capital over risk-weighted assets at the end of each month, (months, seeds)."""
    capital = {"kind": "standardised", "young_months": 0, "backed": backed}
    world = scenario(
        {"approval": {"kind": "all"}, "capital": capital},
        economy={"macro": {"shift": -3.0}}, horizon=30, burn_in={"months": 12},
    )  # fmt: skip
    simulation = advanced(Simulation(world, [1, 2, 3]), 30)
    lenders, record = simulation.market.lenders, simulation.recorder
    equity, gross = (record.column(name)[:, ::lenders] for name in ("equity", "gross_loans"))
    return equity / (0.75 * gross)


def test_head_office_keeps_a_backed_branch_at_its_minimum() -> None:
    assert lends(backed=False).min() < 0.09
    assert lends(backed=True).min() == pytest.approx(0.105, abs=1e-6)


def test_a_legal_entity_is_not_backed() -> None:
    with pytest.raises(ValueError, match="no head office"):
        scenario({"capital": {"kind": "standardised", "backed": True, "legal_entity": True}})
    assert not Standardised().backed


def test_a_market_below_a_thousand_firms_is_said_to_be_biased() -> None:
    assert notice(scenario(firms={"count": 1_000})) == ""
    small = scenario(firms={"count": 987})
    assert notice(small) == "987 firms: below 1,000 rates are biased"
    plan = Plan({"a": small, "b": small, "c": scenario(firms={"count": 2_000})}, (1,))
    assert batch.small_markets(plan) == [notice(small)]
