"""A shadow loan falls due in level instalments, or as the product on offer where that is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.credit.schedule import Schedule
from sim.model.simulation import Simulation
from tests.model.worlds import advanced, scenario

MENU: dict[str, Any] = {
    "kind": "menu", "bullet_up_to": 3, "seasonal_from": 12, "revolving_up_to": 0, "fit": 0.5,
}  # fmt: skip


def shadowed(own_product: bool, months: int, **firms: Any) -> Simulation:
    usual: dict[str, Any] = {
        "count": 300,
        "demand": {"need_monthly": 0.3},
        "yardstick": {"sample": 1.0, "own_product": own_product, "window": 60},
    }
    bank = {"products": MENU, "approval": {"kind": "all"}}
    world = scenario(bank, firms=usual | firms, horizon=months, burn_in={"months": 0})
    return advanced(Simulation(world, [1]), months)


def test_it_has_the_terms_of_the_loan_that_was_made() -> None:
    """Those booked this month have a loan beside the shadow: both fall due alike."""
    simulation = shadowed(True, 2, count=600)
    market = simulation.market
    new = market.live_at(0)[market.loans.granted[market.live_at(0)] == 2]
    new = new[market.shadows.active[new] & (market.shadows.begun[new] == 2)]
    assert new.size > 10
    for name in ("schedule", "season_shift", "remaining", "instalment"):
        np.testing.assert_array_equal(
            getattr(market.shadows, name)[new], getattr(market.loans, name)[new]
        )
    assert set(market.shadows.schedule[new]) >= {Schedule.LEVEL, Schedule.SEASONAL}
    assert set(market.shadows.season_shift[new]) == {0, 2}


def test_a_shadow_of_a_firm_that_always_pays_runs_down_as_its_loan() -> None:
    calm: dict[str, Any] = {
        "volatility": 0.0, "margin": 0.5, "starting_buffer": 12.0,
        "treasury": {"owner_buffer": 24.0}, "earnings": {"ruin_chance": 0.0},
        "temptation": {"omega": 0.0},
    }  # fmt: skip
    for own_product in (True, False):
        market = shadowed(own_product, 5, **calm).market
        rows = market.live_at(0)
        rows = rows[market.shadows.active[rows] & (market.shadows.begun[rows] == 1)]
        rows = rows[market.loans.granted[rows] == 1]
        assert rows.size > 10
        same = np.isclose(market.shadows.balance[rows], market.loans.balance[rows], rtol=1e-6)
        level = market.loans.schedule[rows] == Schedule.LEVEL
        assert same[level].all()
        assert same[~level].all() == own_product
        assert (~level).any()


@pytest.mark.parametrize("own_product", [False, True])
def test_a_bullet_owes_all_at_the_end(own_product: bool) -> None:
    market = shadowed(own_product, 2).market
    short = np.flatnonzero(market.shadows.active & (market.shadows.begun == 1))
    short = short[market.shadows.remaining[short] == 2]
    assert short.size
    repaid = market.shadows.balance[short] < 0.99 * market.applications.amount[short]
    assert repaid.any() != own_product
