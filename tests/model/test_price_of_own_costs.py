"""A bank's own cost in its rates: planned people exactly, what is spent by its books, slowly."""

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


def test_the_planned_cost_is_people_branch_and_systems_over_planned_loans() -> None:
    bank = next(iter(simulation().after))
    staffing, loans = bank.policy.staffing, 100.0
    people = 12.0 * (3 * 10_000.0 + staffing.training(3))
    assert bank.planned_cost_per_loan == pytest.approx((people + bank.yearly_cost) / loans)


def test_what_is_spent_is_a_fading_mean_of_the_ledger() -> None:
    one = simulation()
    bank = next(iter(one.after))
    staffing, approval, mean = bank.policy.staffing, bank.policy.approval, 0.0
    for _ in range(6):
        executed = bank.execution_rate(one.market)[0]
        one.advance()
        page = {name: getattr(one.market.ledger, name)[0] for name in one.recorder.names}
        with_the_book = page["monitoring_cost"] + page["bonus"]
        files = approval.decision_cost * page["decided"]
        steps = executed * bank.policy.screening.file_cost
        files += steps * page["applications"]  # as its rates carry
        beyond = page["fixed_cost"] - bank.yearly_cost / 12.0 + page["file_cost"] - files
        beyond += page["training_cost"] - staffing.training(3)
        spent = 12.0 * (with_the_book / page["loans"] + beyond / 100.0)
        mean = 0.5**0.25 * mean + (1.0 - 0.5**0.25) * spent  # half after four months
    assert page["loans"] > 0
    assert one.market.books.spent_per_loan[0] == pytest.approx(mean)


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
    carried, spent = (
        column.reshape(2, -1)[:, 0]
        for column in (quick.market.books.cost_in_price, quick.market.books.spent_per_loan)
    )
    assert carried == pytest.approx(next(iter(quick.after)).planned_cost_per_loan + spent)


def test_the_planned_cost_does_not_depend_on_how_large_the_book_is() -> None:
    some = simulation()
    none = simulation(approval={"kind": "cut_off", "pd_max": 1e-4})
    for one in (some, none):
        one.run()
    assert some.market.books.gross_loans.sum() > 2 * none.market.books.gross_loans.sum() + 1
    one, other = (next(iter(each.after)).planned_cost_per_loan for each in (some, none))
    assert one == other
    # nor does what is spent run away where hardly anything is lent
    assert none.market.books.spent_per_loan.max() < 2 * some.market.books.spent_per_loan.max()


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
