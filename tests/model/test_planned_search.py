"""A plan of growth orders up to the book that it wants: search makes up what was missed."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms.searching import SEARCH, Search
from sim.model import planned_search
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.choices import Reached
from sim.world import prospecting
from sim.world.prospecting import Prospects
from tests.model.worlds import advanced, scenario

SEEDS = [1, 2, 3, 4]
USUAL = Search(
    reach=np.ones(1), came=np.full(1, 50.0), lent=np.full(1, 10e6), waiting=np.full(1, 30)
)


def world(growth: float, **staffing: float) -> Scenario:
    """Return a calm market of one bank with such a plan."""
    team = {"kind": "officers", "clients_per_officer": 60.0, "follows_plan": True} | staffing
    firms = {"count": 1000, "prospects": {"respond": True}}
    bank = {"growth_target": growth, "staffing": team}
    return scenario(bank, horizon=18, firms=firms)


def reach(lack: float, waiting: float, seen: Search = USUAL) -> float:
    """Return the reach that a plan needs."""
    return float(planned_search.needed_reach(np.array([lack]), np.array([waiting]), seen)[0])


def test_it_finds_what_its_loans_and_its_files_in_hand_lack() -> None:
    # an application brings 10 million / 50 = 200,000
    assert reach(10e6, 30.0) == pytest.approx(1.0)  # as many files and loans to find as usual
    assert reach(20e6, 30.0) == pytest.approx(2.0)
    assert reach(10e6, 80.0) == pytest.approx(0.0)  # 50 more files in hand: they will do
    assert reach(10e6, 5.0) == pytest.approx(1.5)  # and 25 fewer are to be made up
    assert reach(-40e6, 30.0) == 0.0


def test_it_allows_for_what_its_search_brought() -> None:
    hard = USUAL._replace(lent=USUAL.lent / 2.0)  # half of them refused, or lost to rivals
    assert reach(10e6, 30.0, hard) == pytest.approx(2.0)
    searched = USUAL._replace(reach=np.full(1, 2.0))  # 50 came at twice the usual reach
    assert reach(10e6, 30.0, searched) == pytest.approx(2.0)


def test_who_has_lent_nothing_yet_searches_all_it_may() -> None:
    nothing = Search(*np.zeros((4, 1)))
    assert reach(1.0, 0.0, nothing) == np.inf
    assert reach(0.0, 0.0, nothing) == 0.0


def test_what_it_adds_brings_the_reach_that_it_wants() -> None:
    rule, hours = Prospects(walk_ins=0.4, returns=0.7), np.array([0.5, 1.0, 1.5])
    for wanted in (0.4, 0.8, 1.0, 1.5):
        more = prospecting.added(np.full(3, wanted), hours, 100.0, rule)
        np.testing.assert_allclose(prospecting.reach(hours, more, rule), wanted)


def test_what_it_adds_has_bounds() -> None:
    rule, one = Prospects(), np.ones(3)
    wanted = np.array([0.0, 1.0, np.inf])
    np.testing.assert_allclose(prospecting.added(wanted, one, 6.0, rule), [-1.0, 0.0, 6.0])
    np.testing.assert_allclose(prospecting.added(wanted, one, 0.0, rule), 0.0)
    np.testing.assert_allclose(prospecting.added(wanted, 0.0 * one, 6.0, rule), 0.0)
    for dead in (Prospects(returns=0.0), Prospects(walk_ins=1.0)):
        np.testing.assert_allclose(prospecting.added(wanted, one, 6.0, dead), 0.0)


def test_a_plan_of_no_growth_searches_about_as_usual_in_its_first_month() -> None:
    facts: list[object] = []
    simulation = Simulation(world(0.0), SEEDS)
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, 1)
    reached = [fact for fact in facts if isinstance(fact, Reached)][-1]
    assert 0.6 < reached.reach[0].mean() < 1.6


def test_the_book_follows_the_plan() -> None:
    books = {}
    for growth in (0.0, 0.15):
        months = simulate(world(growth), seeds=SEEDS).months
        books[growth] = months.pivot(index="month", columns="seed", values="gross_loans")
    for growth, book in books.items():
        yearly = np.log(book.loc[18] / book.loc[1]) * 12 / 17
        assert yearly.mean() == pytest.approx(np.log1p(growth), abs=0.05)


def test_the_means_begin_in_the_burn_in_and_fade() -> None:
    simulation = advanced(Simulation(world(0.1), SEEDS), 0)
    market, bank = simulation.market, simulation.after.banks[0]
    mine = market.books_at(bank.lender)
    before = market.table(SEARCH).came[mine].copy()
    assert (before > 0.0).all()
    advanced(simulation, 1)
    weight = 1.0 - 0.5 ** (1.0 / bank.policy.staffing.search_memory)
    came = simulation.recorder.pages[0, simulation.recorder.names.index("applications")]
    moved = before + weight * (came.reshape(len(SEEDS), -1)[:, bank.lender] - before)
    np.testing.assert_allclose(market.table(SEARCH).came[mine], moved)
