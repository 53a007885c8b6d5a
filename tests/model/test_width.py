"""Seeds lie side by side on one axis; a seed gives there what it gives alone, bit by bit."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from tests.accounting.pulled_levers import everything
from tests.model.worlds import ROUNDS, bundle, differing, of_seed, scenario

pytestmark = pytest.mark.thorough

SEEDS = [11, 2, 2**63 - 1, 5]


def every_round() -> list[Scenario]:
    """Return worlds of two banks in which every member takes part, at rest and at full stretch."""
    worlds = [
        scenario(bundle(turn), bundle(turn + 1), burn_in={"months": 26}) for turn in range(ROUNDS)
    ]
    return worlds + [everything(turn) for turn in range(ROUNDS)]


every_world = pytest.mark.parametrize("world", every_round(), ids=lambda world: world.hash[:4])


@every_world
def test_a_seed_alone_is_the_same_as_beside_others(world: Scenario) -> None:
    together = simulate(world, seeds=SEEDS)
    shuffled = simulate(world, seeds=SEEDS[::-1])
    for seed in SEEDS[:2]:
        alone = simulate(world, seed)
        for other in (together, shuffled):
            for one, two in zip(of_seed(alone, seed), of_seed(other, seed), strict=True):
                pd.testing.assert_frame_equal(one, two, check_exact=True)


@every_world
def test_not_a_bit_of_the_market_differs(world: Scenario) -> None:
    together = Simulation(world, SEEDS).run().market
    for run, seed in enumerate(SEEDS[:2]):
        alone = Simulation(world, [seed]).run().market
        assert differing(alone, 0, together, run) == []


def test_seeds_differ_from_one_another() -> None:
    market = Simulation(scenario(), [1, 2]).run().market
    changed = differing(market, 0, market, 1)
    assert {"firms.cash", "loans.balance", "books.equity", "economy.macro"} <= set(changed)


def test_rows_come_by_seed_bank_and_month_in_the_order_asked_for() -> None:
    world = scenario({}, {}, horizon=3)
    months = simulate(world, seeds=[9, 4]).months
    assert months["seed"].tolist() == [9] * 6 + [4] * 6
    assert months["bank"].tolist() == (["bank 0"] * 3 + ["bank 1"] * 3) * 2
    assert months["month"].tolist() == [1, 2, 3] * 4
