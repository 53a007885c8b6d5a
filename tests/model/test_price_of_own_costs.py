"""A bank's own planned cost in its rates: exact, over planned loans, and at a limited pace."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from tests.model.worlds import scenario

STAFF = {"kind": "officers", "officers": 3, "salary": 10_000.0, "loans_per_firm": 0.2}
SIMPLE = {
    "pricing": {"kind": "risk_based", "pass_through": 1.0, "cost_step": 0.0012},
    "monitoring": {"kind": "care", "monthly": 0.1, "inspection_cost": 100.0,
                   "system_cost": 10.0, "accounts": 1.5},
    "staffing": STAFF,
}  # fmt: skip


def simulation(months: int = 12, **bank: Any) -> Simulation:
    world = scenario(SIMPLE | bank, firms={"count": 500}, horizon=months, burn_in={"months": 0})
    return Simulation(world, [1, 2])


def test_the_planned_cost_is_people_branch_systems_and_visits_over_planned_loans() -> None:
    bank = next(iter(simulation().after))
    staffing, loans = bank.policy.staffing, 100.0
    people = 12.0 * (3 * 10_000.0 + staffing.training(3))
    executed = 0.3 + 0.75 * staffing.culture_aim
    watched = 12.0 * (10.0 + executed * 0.1 * 100.0)
    expected = (people + bank.yearly_cost) / loans + watched
    assert bank.planned_cost_per_loan == pytest.approx(expected)


def test_rates_follow_by_a_step_a_month_and_then_stand() -> None:
    one = simulation()
    bank = next(iter(one.after))
    books = one.market.books
    mine = books.cost_in_price.reshape(2, -1)
    assert mine[:, 0] == pytest.approx(bank.policy.cost_per_loan)
    step = 0.0012 / 12 * bank.policy.pricing.typical_balance
    one.advance()
    assert mine[:, 0] == pytest.approx(bank.policy.cost_per_loan + step)
    quick = simulation(pricing={"kind": "risk_based", "pass_through": 1.0, "cost_step": 1.0})
    quick.advance()
    quick.advance()
    carried = quick.market.books.cost_in_price.reshape(2, -1)[:, 0]
    assert carried == pytest.approx(next(iter(quick.after)).planned_cost_per_loan)


def test_the_cost_does_not_depend_on_how_large_the_book_is() -> None:
    some = simulation()
    none = simulation(approval={"kind": "cut_off", "pd_max": 1e-4})
    for one in (some, none):
        one.run()
    assert some.market.books.gross_loans.sum() > 2 * none.market.books.gross_loans.sum() + 1
    assert (some.market.books.cost_in_price == none.market.books.cost_in_price).all()


def test_a_bank_without_a_plan_prices_the_usual_cost() -> None:
    bank = next(iter(simulation(staffing={"kind": "none"}).after))
    assert bank.planned_cost_per_loan == bank.policy.cost_per_loan


def test_dearer_people_make_dearer_loans_only_where_costs_are_passed_through() -> None:
    rates = {}
    for share in (0.0, 1.0):
        for salary in (10_000.0, 30_000.0):
            pricing = {"kind": "risk_based", "pass_through": share, "cost_step": 1.0}
            one = simulation(pricing=pricing, staffing=STAFF | {"salary": salary}).run()
            rates[share, salary] = np.asarray(one.market.books.usual_rate).reshape(2, -1)[:, 0]
    assert (rates[0.0, 10_000.0] == rates[0.0, 30_000.0]).all()
    assert (rates[1.0, 30_000.0] > rates[1.0, 10_000.0] + 0.005).all()
