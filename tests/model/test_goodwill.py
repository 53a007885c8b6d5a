"""Goodwill: a firm remembers that its bank stepped in without cause, and asks for a better rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model import care
from sim.model.simulation import Simulation
from sim.state.market import Market
from tests.model.worlds import advanced, scenario
from tests.steps import replace_rule

WATCHFUL: dict[str, Any] = {
    "monitoring": {
        "kind": "care",
        "monthly": 0.8,
        "response_lag": 0,
        "precision": 0.1,
        "ease": False,
    },
    "approval": {"kind": "all"},
}


def simulated(goodwill_lost: float, months: int = 24) -> Simulation:
    firms = {
        "count": 300,
        "volatility": 0.15,
        "demand": {"need_monthly": 0.5, "tenor_shares": [0.5, 0.5, 0, 0, 0]},
        "take_up": {"goodwill_lost": goodwill_lost},
    }
    world = scenario(WATCHFUL, firms=firms, horizon=months, burn_in={"months": 0})
    return Simulation(world, [1, 2])


def false_alarms_felt(market: Market) -> np.ndarray:
    return np.asarray(market.file_of(0).false_alarms_felt)


def test_a_slight_is_an_action_on_a_firm_that_neither_diverts_nor_is_late(monkeypatch: Any) -> None:
    seen = {"sound": 0, "guilty": 0}
    honest = care.act

    def watched(month: Any) -> Any:
        done, market = honest(month), month.market
        guilty = market.firms.diverting[done.rows] | (market.loans.behind[done.rows] > 0)
        seen["guilty"] += int(guilty.sum())
        seen["sound"] += int((~guilty).sum())
        return done

    replace_rule(monkeypatch, honest, watched)
    simulation = simulated(0.0)
    for month in range(1, 7):  # nobody leaves in so short a time
        advanced(simulation, month)
    assert seen["sound"] > 20
    assert seen["guilty"] > 20
    assert (simulation.market.firms.generation == 0).all()
    assert false_alarms_felt(simulation.market).sum() == seen["sound"]


def test_those_slighted_take_no_offer_where_goodwill_is_all() -> None:
    took = {}
    for lost in (0.0, 1.0):
        simulation = simulated(lost)
        took[lost] = 0
        for month in range(1, 25):
            before = false_alarms_felt(simulation.market).copy()
            advanced(simulation, month)
            live = simulation.market.live_at(0)
            new = live[simulation.market.loans.granted[live] == month]
            same = (
                false_alarms_felt(simulation.market)[new] >= before[new]
            )  # the same firm as before
            took[lost] += int((same & (before[new] > 0)).sum())
    assert took[0.0] > 20
    assert took[1.0] == 0


def test_a_small_loss_of_goodwill_sends_some_away() -> None:
    taken, lost = {}, {}
    for goodwill in (0.0, 0.02):
        simulation = simulated(goodwill)
        taken[goodwill], lost[goodwill] = 0.0, 0.0
        for month in range(1, 25):
            page = advanced(simulation, month).market.ledger
            taken[goodwill] += page.taken[simulation.market.books_at(0)].sum()
            lost[goodwill] += page.lost_to_rival[simulation.market.books_at(0)].sum()
    assert taken[0.02] < taken[0.0]
    assert lost[0.02] > lost[0.0]


def test_a_new_firm_bears_no_grudge() -> None:
    simulation = advanced(simulated(0.0, 24), 24)
    firms = simulation.market.firms
    new = (firms.born == simulation.month) & (firms.generation > 0)
    assert new.any()
    assert (false_alarms_felt(simulation.market)[new] == 0).all()
    assert false_alarms_felt(simulation.market).any()


def test_help_in_time_is_no_false_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    care_taken = {"kind": "care", "monthly": 0.8, "precision": 0.3, "response_lag": 0}
    firms = {
        "count": 300,
        "volatility": 0.15,
        "demand": {"need_monthly": 0.5, "tenor_shares": [0.5, 0.5, 0, 0, 0]},
    }
    bank = WATCHFUL | {"monitoring": care_taken}
    world = scenario(bank, firms=firms, horizon=6, burn_in={"months": 0})
    sound, eased = 0, 0
    honest = care.act

    def watched(month: Any) -> Any:
        nonlocal sound, eased
        done, market = honest(month), month.market
        guilty = market.firms.diverting[done.rows] | (market.loans.dpd[done.rows] > 0)
        sound += int((~guilty & ~done.eased).sum())
        eased += int(done.eased.sum())
        return done

    replace_rule(monkeypatch, honest, watched)
    simulation = advanced(Simulation(world, [1, 2]), 6)
    assert (simulation.market.firms.generation == 0).all()
    assert sound > 10
    assert eased > 0
    assert false_alarms_felt(simulation.market).sum() == sound
