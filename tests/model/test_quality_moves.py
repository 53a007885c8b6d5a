"""Quality that moves keeps its distribution, and what banks have on file fades as fast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.quality import fade
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.population import Population
from sim.world.rival import rival_noise
from sim.world.signals import Signal, own_noise
from tests.model.worlds import UNCOUPLED, advanced, scenario

HALF_LIFE = 18.0
RHO = 0.5 ** (3.0 / HALF_LIFE)


def world(**firms: Any) -> Scenario:
    usual = {"count": 3000, "quality_half_life": HALF_LIFE, "ruin_debt": 120.0}
    return scenario(
        UNCOUPLED | {"approval": {"kind": "cut_off", "pd_max": 1e-9}},
        firms=usual | firms, burn_in={"months": 0}, horizon=60,
    )  # fmt: skip


def test_quality_stays_standard_normal_and_forgets_at_its_rate() -> None:
    simulation = Simulation(world(), [3])
    firms = simulation.market.firms
    stayed = np.ones(firms.key.size, bool)
    before, key = firms.quality.copy(), firms.key.copy()
    advanced(simulation, 2)
    assert np.array_equal(firms.quality, before)  # a quarter has not passed
    advanced(simulation, 60)
    stayed &= firms.key == key
    assert stayed.mean() > 0.5
    now, then = firms.quality[:, stayed], before[:, stayed]
    n = np.sqrt(now.size)
    assert abs(now.mean()) < 4 / n
    assert abs(now.var() - 1.0) < 4 * np.sqrt(2) / n
    for k in range(5):
        correlation = np.corrcoef(now[k], then[k])[0, 1]
        assert correlation == pytest.approx(RHO**20, abs=4 / np.sqrt(stayed.sum()))
    assert abs(np.corrcoef(now[0], now[1])[0, 1]) < 4 / np.sqrt(stayed.sum())
    weights = simulation.market.quality_weights
    np.testing.assert_allclose(firms.theta, weights @ firms.quality, rtol=1e-12)


def test_a_quarter_keeps_rho_of_quality() -> None:
    simulation = advanced(Simulation(world(), [3]), 2)
    firms = simulation.market.firms
    then = firms.quality.copy()
    advanced(simulation, 3)  # all firms were born in month 0
    shocks = (firms.quality - RHO * then) / np.sqrt(1.0 - RHO**2)
    assert abs(shocks.var() - 1.0) < 0.05
    assert abs(np.corrcoef(shocks.ravel(), then.ravel())[0, 1]) < 0.04


def test_half_of_quality_is_kept_for_a_half_life() -> None:
    assert Population(quality_half_life=12.0).quality_kept ** 4 == pytest.approx(0.5)
    assert Population().quality_kept == 1.0


def test_a_belief_fades_toward_that_about_a_stranger() -> None:
    mean = np.array([[1.0, 0.0, 0.5], [-1.0, 0.0, 0.2]], np.float32)
    variance = np.array([[0.25, 1.0, 0.5], [0.5, 1.0, 1.0]], np.float32)
    strangers = np.array([0.2, 0.0])
    fade(mean, variance, np.array([0, 1, 2]), 0.8, strangers)
    np.testing.assert_allclose(mean, [[0.84, 0.0, 0.44], [-0.8, 0.0, 0.2]], rtol=1e-6)
    np.testing.assert_allclose(variance, [[0.52, 1.0, 0.68], [0.68, 1.0, 1.0]], rtol=1e-6)


def test_the_faded_belief_is_the_exact_one() -> None:
    """A belief that was right about quality is right about it a quarter later."""
    rng = np.random.default_rng(1)
    n = 200_000
    quality = rng.standard_normal(n)
    reading = quality + rng.standard_normal(n)
    mean, variance = (reading / 2).reshape(1, n), np.full((1, n), 0.5)
    fade(mean, variance, np.arange(n), RHO, np.zeros(1))
    later = RHO * quality + np.sqrt(1 - RHO**2) * rng.standard_normal(n)
    assert np.var(later - mean[0]) == pytest.approx(variance[0, 0], abs=0.01)
    assert np.cov(later, mean[0])[0, 1] / np.var(mean[0]) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("optimism", [0.0, 0.3])
def test_files_fade_in_the_month_in_which_quality_moves(optimism: float) -> None:
    bank = UNCOUPLED | {
        "approval": {"kind": "cut_off", "pd_max": 1e-9, "override": 0.0, "sector_limit": 1.0},
        "screening": {"kind": "investigation", "optimism": optimism},
    }
    simulation = advanced(Simulation(scenario(
        bank, firms={"count": 400, "quality_half_life": HALF_LIFE, "demand": {"need_monthly": .2}},
        burn_in={"months": 0}, horizon=6,
    ), [3]), 2)  # fmt: skip
    file, market = simulation.market.file_of(0), simulation.market
    mean, variance = file.belief_mean.copy(), file.belief_variance.copy()
    contact = file.known_since.copy()
    advanced(simulation, 3)
    asked = market.applications.lender >= 0
    same = (contact > -1000) & (market.firms.born == 0) & ~asked
    same &= (file.belief_variance != variance).any(axis=0)
    assert same.sum() > 10
    weights = market.quality_weights[:, None] * np.ones(mean.shape[1])
    expected = np.where(variance < 1.0, RHO * mean + (1 - RHO) * optimism * weights, mean)
    close = np.isclose(file.belief_mean, expected, atol=1e-5).all(axis=0)
    assert close[same].mean() > 0.8  # the others applied again in this month
    kept = np.isclose(file.belief_variance, 1 - RHO**2 * (1 - variance), atol=1e-5).all(axis=0)
    assert kept[same].mean() > 0.8


def noise_of(signal: Signal, half_life: float, at: tuple[int, ...]) -> dict[int, np.ndarray]:
    """Return the firms' own noise in a signal in some months."""
    simulation = Simulation(world(quality_half_life=half_life, count=4000), [3])
    market, found = simulation.market, {}
    rows = np.arange(market.slots)
    for month in at:
        advanced(simulation, month)
        noise = own_noise(market, rows, signal)
        found[month] = np.where(market.firms.generation == 0, noise, np.nan)
    return found


def test_the_firms_own_noise_moves_as_fast_as_quality() -> None:
    found = noise_of(Signal.BUREAU, HALF_LIFE, (2, 3, 4, 5, 33))
    at_birth = noise_of(Signal.BUREAU, 0.0, (2, 33))
    np.testing.assert_array_equal(found[2], at_birth[2])
    there = ~np.isnan(found[33])
    n = there.sum()
    assert n > 2000
    np.testing.assert_array_equal(at_birth[33][there], at_birth[2][there])
    np.testing.assert_array_equal(found[3][there], found[5][there])  # of one quarter
    same = found[3][there] == found[2][there]
    assert same.mean() == pytest.approx(RHO, abs=4 * np.sqrt(RHO * (1 - RHO) / n))
    then, now = found[3][there], found[33][there]
    assert abs(now.mean()) < 4 / np.sqrt(n)
    assert abs(now.var() - 1.0) < 4 * np.sqrt(2 / n)
    assert np.corrcoef(now, then)[0, 1] == pytest.approx(RHO**10, abs=4 / np.sqrt(n))
    other = noise_of(Signal.PARTNERS, HALF_LIFE, (33,))[33][there]
    assert abs(np.corrcoef(now, other)[0, 1]) < 4 / np.sqrt(n)
    assert (other != now).all()


@pytest.mark.parametrize("shared", [0.0, 0.5])
def test_the_rivals_noise_moves_too(shared: float) -> None:
    simulation = advanced(Simulation(world(count=4000), [3]), 3)
    market, rows = simulation.market, np.arange(simulation.market.slots)
    then = rival_noise(market, rows, shared)
    advanced(simulation, 33)
    there = market.firms.generation == 0
    now = rival_noise(market, rows, shared)[there]
    n = there.sum()
    assert abs(now.var() - 1.0) < 4 * np.sqrt(2 / n)
    assert np.corrcoef(now, then[there])[0, 1] == pytest.approx(RHO**10, abs=4 / np.sqrt(n))


@pytest.mark.parametrize("shared", [0.0, 0.5])
def test_what_is_remembered_of_lasting_noise_changes_nothing(shared: float) -> None:
    simulation = advanced(Simulation(world(count=500), [3]), 3)
    market, rows = simulation.market, np.arange(simulation.market.slots)
    some = rows[::3]
    for month in (3, 4, 9, 33):
        advanced(simulation, month)
        own_noise(market, some, Signal.BUREAU)  # some firms are asked more often than others
        found = own_noise(market, rows, Signal.BUREAU), rival_noise(market, rows, shared)
        market.scratch.clear()
        fresh = own_noise(market, rows, Signal.BUREAU), rival_noise(market, rows, shared)
        np.testing.assert_array_equal(found, fresh)
    assert (market.firms.generation > 0).any()  # slots have changed hands
