"""The rival: it reads as a bank does, refuses weak firms, and may follow the banks' rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.credit.belief import default_probability
from sim.model.simulation import Simulation
from sim.world import rival, signals
from sim.world.signals import DIMENSION, Readings
from sim.world.take_up import TakeUp, alternatives
from tests.model.worlds import scenario

PRECISION = 0.25


def simulation(**rules: Any) -> Simulation:
    firms = {"count": 4000, "take_up": {"rival_available": 1.0, "rival_precision": PRECISION}}
    firms["take_up"] |= rules
    return Simulation(scenario({}, firms=firms, horizon=2, burn_in={"months": 0}), [1])


def quotes(world: Simulation, **more: Any) -> np.ndarray:
    firms = world.scenario.firms
    rule = TakeUp.model_validate(firms.take_up.model_dump() | more)
    rows = np.arange(world.market.slots)
    found = alternatives(world.market, rows, firms.projects, rule, 1.0, 0.03)
    return np.asarray(found.rival)


def test_a_rival_that_refuses_lends_to_those_below_its_cut_off_at_the_same_rate() -> None:
    world = simulation()
    every, some = quotes(world), quotes(world, rival_cut_off=0.05)
    refused = np.isinf(some)
    assert 0.2 < refused.mean() < 0.95
    assert (every[~refused] == some[~refused]).all()
    assert every[refused].min() >= every[~refused].max()  # it refuses the dearest


def test_whom_it_refuses_is_weaker() -> None:
    world = simulation()
    refused = np.isinf(quotes(world, rival_cut_off=0.05))
    theta = world.market.firms.theta
    assert theta[refused].mean() < theta[~refused].mean() - 0.2


def test_noise_shared_with_the_banks_leads_both_astray_in_the_same_direction() -> None:
    world = simulation()
    market, rows = world.market, np.arange(world.market.slots)
    read = sum(
        market.quality_weights[dimension]
        * (
            signals.read(market, rows, 0, signal, np.ones(rows.size), 0.0, Readings())
            - market.firms.quality[dimension]
        )
        for signal, dimension in DIMENSION.items()
    )
    together = {}
    for shared in (0.0, 1.0):
        # a dearer quote than quality explains is bad news about the firm
        error = np.log(quotes(world, rival_shared=shared))
        design = np.vander(market.firms.theta, 4)
        left = error - design @ np.linalg.lstsq(design, error, rcond=None)[0]
        together[shared] = np.corrcoef(left, read)[0, 1]
    assert abs(together[0.0]) < 0.06
    assert together[1.0] < -0.6


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_its_noise_has_the_stated_precision(shared: float) -> None:
    world = simulation()
    noise = rival.rival_noise(world.market, np.arange(world.market.slots), shared)
    assert np.mean(noise) == pytest.approx(0.0, abs=0.06)
    assert np.std(noise) == pytest.approx(1.0, abs=0.05)


def test_its_cut_off_is_on_its_own_estimate() -> None:
    rule = TakeUp(rival_precision=PRECISION, rival_cut_off=0.05).record()
    for noise in (-1.0, 0.0, 1.0):
        reading = 0.3 + noise / np.sqrt(PRECISION)
        mean, variance = reading * PRECISION / (1 + PRECISION), 1 / (1 + PRECISION)
        pd = default_probability(mean, variance, rule.rival_level, rule.rival_slope)
        quoted = rival.rival_rate(0.3, noise, rule, 0.03, 0.0)
        assert np.isinf(quoted) == (pd > 0.05)


def test_it_follows_the_banks_usual_rate_from_month_1() -> None:
    world = simulation()
    still = quotes(world)
    books = world.market.tables.books
    books.rate_at_start[:], books.usual_rate[:] = 0.06, 0.08
    world.market.month = 0
    assert (quotes(world, rival_follows=0.5) == still).all()
    world.market.month = 1
    quiet = quotes(world)
    assert quotes(world, rival_follows=0.5) == pytest.approx(quiet + 0.5 * 0.02, abs=1e-12)


def test_the_lowest_quote_of_several_rivals_counts() -> None:
    world = simulation()
    one, two, three = (quotes(world, rivals=number) for number in (1, 2, 3))
    assert (two <= one).all()
    assert (three <= two).all()
    assert 0.4 < (two < one).mean() < 0.6  # the second is as likely the lower one


def test_each_rival_reads_the_firm_for_itself() -> None:
    world = simulation()
    market, rows = world.market, np.arange(world.market.slots)
    for shared in (0.0, 0.5, 1.0):
        first, second = rival.rival_noises(market, rows, shared, 2)
        assert np.corrcoef(first, second)[0, 1] == pytest.approx(shared, abs=0.06)
        np.testing.assert_array_equal(first, rival.rival_noise(market, rows, shared))


def test_fewer_are_refused_by_all_the_more_are_asked() -> None:
    world = simulation(rival_shared=0.5, rival_cut_off=0.05)
    refused = [np.isinf(quotes(world, rivals=number)).mean() for number in (1, 2, 4)]
    assert refused[0] > refused[1] + 0.05 > refused[2] + 0.1


def test_each_rival_is_available_by_its_own_chance() -> None:
    world = simulation(rival_available=0.5)
    none = [np.isinf(quotes(world, rivals=number)).mean() for number in (1, 2)]
    assert none == pytest.approx([0.5, 0.25], abs=0.03)
