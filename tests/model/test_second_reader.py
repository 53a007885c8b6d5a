"""The second reader of a file is a colleague, with diligence, power and hours of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Int32s
from sim.model import reading_power
from sim.model.second_reader import SecondReaders, colleagues, second_readers
from sim.model.simulation import Simulation
from sim.state import post, teams
from sim.state.facts import Investigated
from sim.world import conduct
from tests.model.worlds import advanced, scenario

SITE_ONLY = {
    "kind": "investigation", "memory": 0.0, "learns_from_behaviour": False,
    "statements": {"precision": 0.0}, "bureau": {"precision": 0.0},
    "site_visit": {"precision": 2.0}, "cross_check": {"detection": 0.4},
}  # fmt: skip
REVIEWS = {"kind": "cut_off", "pd_max": 0.05, "review_precision": 1.0}
LABOUR = {"diligence_log_sd": 0.5, "skill_log_sd": 0.5, "skilled_reading": True}


def world(officers: float = 4.0, labour: dict[str, Any] | None = None, **team: Any) -> Simulation:
    """Return a market whose bank has so many officers, part-time ones as shares."""
    firms = {"count": 400, "demand": {"need_monthly": 0.4}, "readings": {"reader_share": 0.3}}
    loans = firms["count"] * 0.2
    people = {"kind": "officers", "clients_per_officer": loans / officers, "part_time": True}
    bank = {
        "screening": SITE_ONLY, "approval": REVIEWS,
        "staffing": people | {"loans_per_firm": 0.2, "execution_base": 0.3, "culture": 0.4} | team,
    }  # fmt: skip
    content = {"economy": {"labour": LABOUR | (labour or {})}, "burn_in": {"months": 0}}
    return Simulation(scenario(bank, firms=firms, horizon=6, **content), [1, 2])


def drawn(simulation: Simulation) -> tuple[np.ndarray, np.ndarray, Int32s, SecondReaders]:
    """Return all slots, their first officers' seats, colleagues' seats, and the second readers."""
    market, bank = simulation.market, next(iter(simulation.banks_in(1)))
    rows = np.arange(market.slots)
    team = teams.full_time(market, 0)[market.firms.run[rows]]
    first = conduct.seat_of(market, rows, 0, team)
    labour = simulation.scenario.economy.labour
    return rows, first, colleagues(market, rows, 0, first)[0], second_readers(
        bank, market, rows, first, labour
    )  # fmt: skip


@pytest.mark.parametrize("officers", [2.0, 3.5, 4.0])
def test_it_is_another_officer_each_as_often_as_it_works(officers: float) -> None:
    simulation = advanced(world(officers), 1)
    _, first, second, _ = drawn(simulation)
    assert (second != first).all()
    work = np.minimum(1.0, officers - np.arange(int(np.ceil(officers))))
    for writer, its_own in enumerate(work):
        mine = second[first == writer]
        share = np.bincount(mine, minlength=work.size) / mine.size
        expected = work / (officers - its_own)
        expected[writer] = 0.0
        np.testing.assert_allclose(share, expected, atol=4.0 * np.sqrt(0.25 / mine.size))


def test_its_own_diligence_and_power_count() -> None:
    simulation = advanced(world(), 3)
    market, bank = simulation.market, next(iter(simulation.banks_in(1)))
    rows, first, seat, found = drawn(simulation)
    one, other = (market.officer_rows(rows, 0, seats) for seats in (first, seat))
    np.testing.assert_array_equal(found.seat, seat)
    usual = bank.execution(market, rows)
    diligent = market.officers.diligence[other]
    np.testing.assert_allclose(found.execution, np.minimum(usual * diligent, 1.0))
    labour = simulation.scenario.economy.labour
    power = [reading_power.of_full(bank, market, who, labour) for who in (one, other)]
    np.testing.assert_allclose(found.acuity, power[1] / power[0])
    np.testing.assert_allclose(found.power, power[1] / labour.usual_power)


def test_who_has_no_colleague_is_read_by_one_of_usual_diligence_and_power() -> None:
    simulation = advanced(world(1.0), 3)
    market, bank = simulation.market, next(iter(simulation.banks_in(1)))
    rows, first, _, found = drawn(simulation)
    np.testing.assert_array_equal(found.seat, first)
    np.testing.assert_array_equal(found.execution, bank.execution(market, rows))
    np.testing.assert_array_equal(found.power, 1.0)


def investigated(simulation: Simulation) -> Investigated:
    facts: list[Any] = []
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, 1)
    return next(fact for fact in facts if isinstance(fact, Investigated))


def test_a_review_is_carried_out_as_the_second_reader_is_diligent() -> None:
    simulation = world(labour={"diligence_log_sd": 1.5})
    made, market = investigated(simulation), simulation.market
    other = market.officers.diligence[market.officer_rows(made.rows, 0, made.second_seat)]
    assert made.rows.size > 200
    careful = other > np.median(other)
    assert made.reviewed[careful].mean() > made.reviewed[~careful].mean() + 0.1


@pytest.mark.parametrize("officers", [1.0, 4.0])
def test_its_hours_are_its_own(officers: float) -> None:
    simulation = world(officers)
    made, market = investigated(simulation), simulation.market
    assert made.reviewed.any()
    np.testing.assert_allclose(made.second_hours, 1.5 * made.reviewed)
    assert ((made.second_seat != made.seat) == (officers > 1.0)).all()
    before = market.officers.hours.copy()
    post.investigations(market, made)
    expected = np.zeros(before.size)
    for seat, hours in ((made.seat, made.hours), (made.second_seat, made.second_hours)):
        np.add.at(expected, market.officer_rows(made.rows, 0, seat), hours)
    np.testing.assert_allclose(market.officers.hours - before, expected)
