"""Who falls with whom: an exact threshold cascade on a given network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.mechanisms.calling import Calling, calls, claims
from sim.model.simulation import Simulation
from sim.state.guarantors import GUARANTORS
from sim.state.market import NEVER
from sim.state.month import Month
from tests.model.rough_circles import EASY
from tests.model.worlds import advanced, scenario

FIRMS = 120  # of those that have a loan
STILL: dict[str, Any] = {
    "count": 300, "margin": 0.0, "volatility": 0.0, "entry": False,
    "earnings": {
        "quality_effect": 0.0, "macro_effect": 0.0, "sector_effect": 0.0, "ruin_chance": 0.0,
    },
    "sectors": {"all": {"share": 1.0}},
    "demand": {"need_monthly": 1.0, "tenor_shares": [0, 0, 0, 0, 1]},
    "temptation": {"omega": 0.0}, "treasury": {"owner_buffer": 120.0},
    "take_up": {"rival_available": 0.0, "walk_away_daily": 0.0},
}  # fmt: skip
SLACK = 1_000.0  # CNY: no threshold is nearer, so a yuan of dues a month decides nothing


def quiet(links: Any, cash: Floats) -> tuple[Simulation, Any]:
    """Return a market without income in which firm k guarantees as `links` (2, n) say, and slots.

    Each firm has a loan on which a yuan falls due a month; guarantors owe all of it in equal parts.
    """
    bank = EASY | {"workout": {"kind": "write_off", "months": 120}}
    world = scenario(
        bank, firms=STILL, horizon=60, burn_in={"months": 0},
        mechanisms={"guarantees": {"share": 1e-9}}, economy={"resolution": {"mean_months": 120.0}},
    )  # fmt: skip
    simulation = advanced(Simulation(world, [1]), 4)
    market = simulation.market
    loans, table = market.tables.loans, market.writable(GUARANTORS)
    slots = market.live[:FIRMS]
    assert slots.size == FIRMS
    loans.remaining[:] = 1000
    loans.rate[:] = 0.0
    loans.schedule[:] = 0
    loans.instalment[:] = 1.0
    loans.project_left[:] = 0
    market.tables.relations.listed_until[:] = 1000  # nobody borrows again
    market.tables.firms.cash[:] = 1e8
    market.tables.firms.cash[slots] = cash
    table.firm[:, slots] = np.where(links >= 0, slots[links] + 1, 0)
    parts = np.maximum((links >= 0).sum(axis=0), 1)
    table.liable[:, slots] = loans.balance[slots] / parts
    return simulation, slots


def fallen_by_hand(links: Any, cash: Floats, claim: Floats) -> set[int]:
    """Return who falls: who has nothing, and whoever is asked for more than it has by the fallen.

    `claim` (2, n) is what each guarantor of a fallen firm is asked for.
    """
    fallen = {k for k in range(cash.size) if cash[k] == 0.0}
    while True:
        asked = np.zeros(cash.size)
        for k in fallen:
            for place in range(2):
                if links[place, k] >= 0:
                    asked[links[place, k]] += claim[place, k]
        assert np.abs(asked - cash)[asked > 0.0].min(initial=np.inf) > SLACK
        more = {k for k in range(cash.size) if asked[k] >= cash[k]} | fallen
        if more == fallen:
            return fallen
        fallen = more


@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5, 6])  # where more fall than begin to
def test_who_falls_is_who_falls_in_an_exact_threshold_cascade(seed: int) -> None:
    random = np.random.default_rng(seed)
    links = np.array([random.choice(np.delete(np.arange(FIRMS), k), 2, replace=False)
                      for k in range(FIRMS)]).T  # fmt: skip
    links[1, random.random(FIRMS) < 0.6] = -1
    links[0, random.random(FIRMS) < 0.2] = links[0, 0]  # one for many
    links[0, links[0] == np.arange(FIRMS)] = -1
    links[1, (links[0] < 0) | (links[0] == links[1])] = -1
    cash = random.uniform(1e4, 8e5, FIRMS)
    cash[random.choice(FIRMS, 4, replace=False)] = 0.0
    simulation, slots = quiet(links, cash)
    market = simulation.market
    claim = market.table(GUARANTORS).liable[:, slots].copy()
    expected = fallen_by_hand(links, cash, claim)
    assert 4 < len(expected) < FIRMS
    advanced(simulation, 4 + 52)
    fallen = {int(k) for k in np.flatnonzero(market.loans.default_month[slots] > NEVER)}
    assert fallen == expected


def test_two_claims_on_one_guarantor_share_its_cash() -> None:
    links = np.full((2, FIRMS), -1)
    links[0, :2] = 5
    simulation, slots = quiet(links, np.where(np.arange(FIRMS) == 5, 1e3, 1e6))
    market = simulation.market
    table, each = market.table(GUARANTORS), market.firms_per_run
    rule, balance = Calling().record(), market.loans.balance
    payers, paid = claims(slots[:2], each, True, market.firms, market.loans, table, rule)
    assert (payers[0] == slots[5]).all()
    assert paid.sum() == pytest.approx(1_000.0)
    assert paid[0, 0] / paid[0, 1] == pytest.approx(balance[slots[0]] / balance[slots[1]])


def test_who_is_liable_for_nothing_or_has_left_is_not_called() -> None:
    links = np.full((2, FIRMS), -1)
    links[0, :3] = [5, 6, 7]
    simulation, slots = quiet(links, np.full(FIRMS, 1e6))
    market = simulation.market
    market.tables.loans.dpd[slots[:3]] = 200
    market.writable(GUARANTORS).liable[0, slots[1]] = 0.0
    market.tables.firms.alive[slots[7]] = False
    month = Month(market, market.month, {Calling: Calling()})
    found = calls(month, 0, 3, True, 0.0, 0.0)
    assert found is not None
    assert found.rows.tolist() == [slots[0]]
    market.writable(GUARANTORS).liable[0, slots[0]] = 0.0
    assert calls(month, 0, 3, True, 0.0, 0.0) is None
