"""Ruin is a proportional hazard: its chance follows quality, economy, sector and size exactly."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.mechanisms.earnings import MOST_RUINS, Earned, Earnings, is_ruined
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.state.firms import NOT_RUINED
from tests.model.worlds import UNCOUPLED, advanced, scenario

GRADIENTS = {
    "ruin_chance": 0.012, "ruin_size": 0.35, "ruin_by_macro": 0.46, "ruin_by_quality": 1.2,
    "ruin_by_sector": 0.3, "ruin_by_margin": 17.0, "ruin_by_size": 0.15,
}  # fmt: skip
NEUTRAL = {"theta": 0.0, "macro": 0.0, "sector": 0.0, "margin": 0.0, "size": 1.0}


@pytest.mark.parametrize(
    ("what", "ratio"),
    [
        ({}, 1.0),
        ({"macro": -1.0}, math.exp(0.46)),
        ({"theta": -1.0}, math.exp(1.2)),
        ({"theta": 2.0}, math.exp(-2.4)),
        ({"sector": -2.0}, math.exp(0.6)),
        ({"margin": 0.01}, math.exp(-0.17)),
        ({"size": 0.5}, 0.5**-0.15),
        ({"macro": -1.0, "theta": -1.0, "size": 2.0}, math.exp(1.66) * 2.0**-0.15),
    ],
)
def test_the_chance_of_ruin_is_exact(what: dict[str, float], ratio: float) -> None:
    rule, state = Earnings(**GRADIENTS).record(), NEUTRAL | what
    chance = 0.001 * ratio
    assert is_ruined(chance * (1 - 1e-9), *state.values(), rule)
    assert not is_ruined(chance * (1 + 1e-9), *state.values(), rule)


def world(**earnings: Any) -> Simulation:
    calm = {"macro": {"cycle_sd": 0.0, "sector_sd": 0.0}}
    return Simulation(
        scenario(
            UNCOUPLED | {"approval": {"kind": "cut_off", "pd_max": 1e-9}},
            firms={"count": 20_000, "earnings": earnings}, economy=calm, horizon=12,
            burn_in={"months": 0},
        ), [4],
    )  # fmt: skip


def test_firms_are_ruined_as_often_as_the_hazard_says() -> None:
    simulation = world(**GRADIENTS | {"ruin_chance": 0.12})
    firms, earned = simulation.market.firms, []
    margins = simulation.scenario.firms.by_sector("margin")
    expected = np.zeros(5)
    found = np.zeros(5)

    def observe(step: Any, fact: Any) -> None:
        if not isinstance(fact, Earned):
            return
        log = 1.2 * firms.theta + 17.0 * margins[firms.sector]
        chance = 0.01 * np.exp(-log) * (firms.turnover / 4e6) ** -0.15
        chance = np.minimum(chance, MOST_RUINS)
        fifth = np.searchsorted([-0.84, -0.25, 0.25, 0.84], firms.theta)
        expected[:] += np.bincount(fifth, chance, 5)
        found[:] += np.bincount(fifth[fact.ruined], minlength=5)
        earned.append(fact)

    simulation.observer = observe
    advanced(simulation, 12)
    assert len(earned) == 12
    assert (np.abs(found - expected) < 4 * np.sqrt(expected)).all()
    assert found[0] > 10 * found[4]
    last = firms.last_ruin
    assert set(np.flatnonzero(last == 12)) >= set(
        earned[-1].ruined[firms.born[earned[-1].ruined] < 12]
    )
    assert (last == NOT_RUINED).mean() > 0.5


def test_the_loss_is_a_share_of_turnover() -> None:
    without, ruinous = world(ruin_chance=0.0), world(ruin_chance=0.5, ruin_size=0.35)
    flows = []
    for simulation in (without, ruinous):
        facts: list[Any] = []
        simulation.observer = lambda step, fact, to=facts: to.append(fact)
        advanced(simulation, 1)
        flows.append(next(fact for fact in facts if isinstance(fact, Earned)))
    gone = flows[0].operating - flows[1].operating
    ruined = flows[1].ruined
    assert flows[0].ruined.size == 0
    assert 700 < ruined.size < 960  # a twenty-fourth of 20,000
    np.testing.assert_allclose(gone[ruined], 0.35 * ruinous.market.firms.turnover[ruined])
    assert np.count_nonzero(gone) == ruined.size


def test_the_chance_is_capped() -> None:
    simulation = world(**GRADIENTS | {"ruin_chance": 1.0, "ruin_by_quality": 10.0})
    facts: list[Any] = []
    simulation.observer = lambda step, fact: facts.append(fact)
    advanced(simulation, 1)
    ruined = next(fact for fact in facts if isinstance(fact, Earned)).ruined
    bad = simulation.market.firms.theta < -1.0
    assert np.isin(np.flatnonzero(bad), ruined).mean() == pytest.approx(MOST_RUINS, abs=0.02)


def defaults_of(**earnings: Any) -> tuple[float, float]:
    """Return the defaults of a market without other shocks, and those begun by ruin."""
    result = simulate(
        scenario(
            {"approval": {"kind": "all"}}, horizon=30, firms={
                "count": 600, "volatility": 0.02, "demand": {"need_monthly": 0.15},
                "temptation": {"omega": 0.0}, "earnings": {"quality_effect": 0.0} | earnings,
            },
        ), seed=2,
    )  # fmt: skip
    months = result.months[result.months["bank"] == "bank 0"]
    assert result.summary["ruin_share"].iloc[0] == pytest.approx(
        months["defaults_ruined"].sum() / months["defaults"].sum(), nan_ok=True
    )
    return months["defaults"].sum(), months["defaults_ruined"].sum()


def test_defaults_are_counted_as_begun_by_ruin() -> None:
    defaults, begun_by_ruin = defaults_of(ruin_chance=0.3, ruin_size=1.0)
    assert defaults > 30
    assert begun_by_ruin > 0.9 * defaults
    assert defaults_of(ruin_chance=0.0, quality_effect=0.2)[1] == 0
    defaults, begun_by_ruin = defaults_of(ruin_chance=0.1, ruin_size=0.0, quality_effect=0.2)
    assert 0 < begun_by_ruin < 0.3 * defaults  # ruin without a loss is a coincidence
