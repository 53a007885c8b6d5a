"""What cross-checks find follows the power of the officer who makes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model import reading_power
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Investigated
from sim.world import conduct
from sim.world.conduct import Labour
from tests.model.first_files import SEEDS, TEAM, read_in_month_one
from tests.model.worlds import advanced, digest, scenario

DETECTION, USUAL = 0.3, 0.5


def world(skilled: bool, people: bool = True, **labour: Any) -> Scenario:
    """Return a market whose bank cross-checks statements, and whose officers differ."""
    given = {"skilled_reading": skilled, "usual_power": USUAL, "skill_log_sd": 0.8} | labour
    checks = {"kind": "investigation", "cross_check": {"detection": DETECTION}}
    staffing = TEAM if people else {"kind": "none"}
    return scenario({"screening": checks, "staffing": staffing}, economy={"labour": given})


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
def test_twice_the_power_finds_what_two_officers_would(chance: float) -> None:
    found = reading_power.found_with(chance, np.array([1.0, 2.0, 3.0]))
    expected = [1.0 - (1.0 - chance) ** looks for looks in (1, 2, 3)]
    np.testing.assert_allclose(found, expected)


def investigated(skilled: bool, people: bool = True) -> tuple[Investigated, np.ndarray]:
    """Return what was found in month 1, and the power of who read each file."""
    return read_in_month_one(world(skilled, people))


def test_firms_fear_what_the_officers_who_read_their_files_find() -> None:
    found, power = investigated(True)
    checked = found.finds_lie > 0.0
    assert checked.sum() > 20
    assert np.ptp(power[checked]) > 0.2
    expected = 1.0 - (1.0 - DETECTION) ** (power[checked] / USUAL)
    np.testing.assert_allclose(found.finds_lie[checked], expected)


@pytest.mark.parametrize(("skilled", "people"), [(False, True), (True, False)])
def test_where_all_read_alike_a_check_finds_what_is_prescribed(skilled: bool, people: bool) -> None:
    found, _ = investigated(skilled, people)
    checked = found.finds_lie > 0.0
    assert checked.any()
    np.testing.assert_allclose(found.finds_lie[checked], DETECTION)


def test_lies_are_found_as_often_as_the_officers_power_says() -> None:
    lies, expected, found = 0, 0.0, 0
    facts: list[Any] = []
    simulation = advanced(Simulation(world(True), list(range(1, 13))), 0)
    market = simulation.market
    simulation.observer = lambda step, fact: facts.append(fact)
    for month in range(1, 13):
        facts.clear()
        table = np.arange(market.officers.key.size)
        power = conduct.soft_power(market, table, 24.0, 6.0)
        lying = np.zeros(market.slots, bool)
        advanced(simulation, month)
        made = next(fact for fact in facts if isinstance(fact, Investigated))
        officers = market.officer_rows(made.rows, 0, made.seat)
        lying = market.requests[0].lying[made.rows] & (power[officers] < USUAL)
        lies += int(lying.sum())
        expected += float((1.0 - (1.0 - DETECTION) ** (power[officers][lying] / USUAL)).sum())
        found += int(made.caught[lying].sum())
    assert lies > 100
    assert found == pytest.approx(expected, abs=4.0 * np.sqrt(expected))
    assert expected < 0.8 * DETECTION * lies  # so that the usual chance would be refuted


def test_the_usual_power_counts_only_where_all_that_is_read_follows_the_officer() -> None:
    months = {
        (skilled, usual): digest(simulate(world(skilled, usual_power=usual), seeds=SEEDS).months)
        for skilled in (False, True)
        for usual in (0.2, 0.9)
    }
    assert months[False, 0.2] == months[False, 0.9]
    assert months[True, 0.2] != months[True, 0.9]
    assert Labour().usual_power == pytest.approx(0.41)
