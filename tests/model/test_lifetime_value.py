"""Lifetime value: every yuan of a month's loans, when it came, discounted to the grant."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.credit.amortisation import level_instalment
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.market import NEVER
from tests.model.worlds import advanced

ROUGH: dict[str, Any] = {"count": 150, "volatility": 0.3, "demand": {"need_monthly": 0.3}}
SAFE: dict[str, Any] = {
    "count": 150,
    "volatility": 0.0,
    "treasury": {"owner_buffer": 12.0},
    "demand": {"need_monthly": 0.3, "tenor_shares": [0, 0, 1, 0, 0]},
    "starting_buffer": 12.0,
}
OPEN: dict[str, Any] = {"approval": {"kind": "all"}}


def simulated(firms: dict[str, Any], bank: dict[str, Any], months: int = 30) -> Simulation:
    content = {
        "horizon": months,
        "burn_in": {"months": 6},
        "firms": firms,
        "banks": {"main": OPEN | bank},
        "economy": {"resolution": {"mean_months": 8.0}},
    }
    return Simulation(Scenario.model_validate(content), [1, 2])


def at_no_discount(bank: dict[str, Any], months: int = 30) -> Simulation:
    simulation = simulated(ROUGH, bank, months)
    economy = simulation.scenario.with_({"economy.discount_rate": 0.0}).economy
    simulation.recorder.economy = economy
    return advanced(simulation, months)


@pytest.mark.parametrize(
    "bank",
    [
        {"workout": {"kind": "write_off", "months": 3}},
        {"workout": {"kind": "sale", "months": 3, "price": 0.3}},
        {"collateral": {"kind": "pledge", "fund_share": 0.3}, "workout": {"kind": "write_off"}},
        {"monitoring": {"kind": "care", "monthly": 0.6, "call": True, "response_lag": 0}},
    ],
    ids=["written off", "sold", "guaranteed", "called"],
)
def test_cash_of_all_cohorts_is_the_ledgers(bank: dict[str, Any]) -> None:
    """With an empty book in month 1 the cohorts' cash must be what the ledger's flows add up to."""
    simulation = simulated(ROUGH, bank)
    empty = simulation.scenario.with_({"burn_in.months": 0})
    simulation = advanced(Simulation(empty, [1, 2]), 30)
    total = {
        name: simulation.recorder.column(name).sum(axis=0)
        for name in simulation.recorder.names
    }  # fmt: skip
    flows = (
        total["paid_by_firms"] + total["collateral_receipts"] + total["sale_price"]
        + total["recoveries"] + total["claimed"]
        - total["workout_cost"] - total["fund_fees"] - total["disbursed"]
    )  # fmt: skip
    ahead = simulation.market.books.workout_due.sum(axis=0)  # of loans already written off
    cost = simulation.scenario.economy.resolution.cost
    cash = simulation.market.cohorts.cash[:30].sum(axis=(0, 1))
    np.testing.assert_allclose(cash, flows + (1 - cost) * ahead, atol=1.0, rtol=1e-9)


def test_a_sound_loan_is_worth_its_instalments() -> None:
    simulation = advanced(simulated(SAFE, {"products": {"kind": "instalment"}}), 14)
    market, economy = simulation.market, simulation.scenario.economy
    assert market.ledger.defaults.sum() == 0
    table = result_of(market, simulation.recorder).cohorts
    rows = table[table["seed"] == 1].set_index("granted")
    # loans of month 1 are twelve months old in month 13: all is repaid
    assert rows["open"].loc[1] == 0.0
    assert rows["lent"].loc[1] > 0
    years = np.arange(1, 13) / 12.0
    # one factor for all loans at their rates: the mean rate is that of the month's loans
    months = result_of(market, simulation.recorder).months
    first = months[(months["seed"] == 1) & (months["month"] == 1)].iloc[0]
    rate = first["rate_volume"] / first["disbursed"]
    factor = level_instalment(np.array([1.0]), np.array([rate]), np.array([12]))[0]
    paid = factor * (1.0 + economy.discount_rate) ** -years
    worth = first["disbursed"] * (paid.sum() - 1.0)
    assert rows["value"].loc[1] == pytest.approx(worth, rel=2e-3)  # rates differ a little
    assert first["lifetime_value"] == rows["value"].loc[1]


def test_what_is_open_counts_by_its_class_and_a_workout_by_what_it_will_bring() -> None:
    simulation = at_no_discount({})
    market = simulation.market
    loans, cost = market.loans, simulation.recorder.economy.resolution.cost
    kept = {0: 0.99, 1: 0.98, 2: 0.75, 3: 0.50, 4: 0.0}  # of the five classes
    expected: dict[tuple[int, int], float] = {}
    workouts = 0
    for slot in market.live_at(0):
        if loans.granted[slot] < 1:
            continue
        key = (int(market.firms.run[slot]) + 1, int(loans.granted[slot]))
        if loans.defaulted[slot] and loans.recovery_due[slot] != NEVER:
            worth = loans.balance[slot] * loans.recovery[slot] * (1 - cost)
            workouts += 1
        else:
            worth = (loans.balance[slot] + loans.accrued[slot]) * kept[int(loans.grade[slot])]
        expected[key] = expected.get(key, 0.0) + float(worth)
    assert workouts > 5
    table = result_of(market, simulation.recorder).cohorts
    found = table.set_index(["seed", "granted"])["open"]
    assert {key for key, value in found.items() if value > 0} == set(expected)
    for key, worth in expected.items():
        assert found[key] == pytest.approx(worth)


def test_a_higher_discount_lowers_the_value_of_what_comes_later() -> None:
    simulation = at_no_discount({})
    plain = result_of(simulation.market, simulation.recorder).cohorts["value"].sum()
    steeper = simulation.scenario.with_({"economy.discount_rate": 0.2})
    simulation.recorder.economy = steeper.economy
    assert result_of(simulation.market, simulation.recorder).cohorts["value"].sum() < plain


def test_watching_longer_drops_nothing_and_adds_no_loan_to_an_old_month() -> None:
    early, late = at_no_discount({}, 12), at_no_discount({}, 24)
    one, two = (result_of(s.market, s.recorder).cohorts for s in (early, late))
    both = one.merge(two, on=["seed", "granted"], suffixes=("_early", "_late"))
    np.testing.assert_array_equal(both["lent_early"], both["lent_late"])
    assert (both["open_late"] < both["open_early"]).mean() > 0.9
