"""Loans against invoices: due when customers pay, and secured by what customers owe."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.credit.schedule import Schedule, invoices_due
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.loans import Security
from tests.model.worlds import advanced, scenario

RATE, WAIT = 0.09, 3
AGAINST: dict[str, Any] = {
    "kind": "menu", "bullet_up_to": 0, "seasonal_from": 600, "receivables_up_to": 12,
    "fit": 1.0, "design_cost": 0.0,
}  # fmt: skip
LEVEL = AGAINST | {"receivables_up_to": 0}
CALM: dict[str, Any] = {
    "count": 3000, "volatility": 0.0, "margin": 0.5, "starting_buffer": 12.0,
    "treasury": {"owner_buffer": 24.0}, "earnings": {"ruin_chance": 0.0},
    "temptation": {"omega": 0.0}, "take_up": {"rival_available": 0.0},
    "late_payers": 0.5, "late_by": WAIT,
    "yardstick": {"sample": 1.0, "own_product": True, "window": 60},
}  # fmt: skip


def lent(products: dict[str, Any] = AGAINST, months: int = 0, **more: Any) -> Simulation:
    """Return a world without risk, lived for some months from an empty book."""
    bank = {
        "products": products, "approval": {"kind": "all"}, "monitoring": {"kind": "none"},
        "pricing": {"kind": "flat", "fixed": RATE},
    }  # fmt: skip
    firms = CALM | {"demand": {"need_monthly": 0.3}} | more
    world = scenario(bank, firms=firms, horizon=40, burn_in={"months": 0})
    return advanced(Simulation(world, [1]), months)


@pytest.mark.parametrize("wait", range(5))
@pytest.mark.parametrize("term", [1, 2, 3, 6, 12])
def test_dues_follow_receipts_that_begin_when_customers_pay(term: int, wait: int) -> None:
    """Each month its share of the receipts from then on: none while customers wait, even after."""
    receipts = [0.0] * wait + [1.0] * (12 - wait)
    balance = 100.0
    for month in range(term):
        to_come = sum(receipts[month:term])
        share = receipts[month] / to_come if to_come else 0.0
        expected = balance if month == term - 1 else balance * share
        due = float(invoices_due(balance, term - month, month < wait))
        assert due == pytest.approx(expected)
        balance -= due
    assert balance == 0.0


def test_principal_waits_for_the_customers_and_then_falls_due_in_equal_parts() -> None:
    simulation = lent(months=2)
    market, loans = simulation.market, simulation.market.loans
    new = market.live_at(0)[loans.granted[market.live_at(0)] == 2]
    late = market.firms.paid_after[new] == WAIT
    short = loans.remaining[new] <= 12
    asked = market.applications.stated_turnover[new] / 12 * WAIT >= 1.25 * loans.principal[new]
    against = late & short & asked
    np.testing.assert_array_equal(loans.schedule[new] == Schedule.RECEIVABLES, against)
    np.testing.assert_array_equal(loans.security[new] == Security.INVOICES, against)
    assert set(market.firms.paid_after[new]) == {0, WAIT}
    rows = new[against & (loans.remaining[new] == 6)]
    assert rows.size >= 5
    principal = loans.principal[rows].copy()
    np.testing.assert_allclose(loans.collateral[rows], 1.25 * principal)
    for age, owed in enumerate([1, 1, 1, 2 / 3, 1 / 3], start=1):
        advanced(simulation, 2 + age)
        np.testing.assert_allclose(loans.balance[rows], owed * principal, atol=0.01)
        np.testing.assert_allclose(  # its shadow, which has the same product, lives alike
            market.shadows.balance[rows], owed * principal, rtol=1e-5, atol=0.01
        )
    advanced(simulation, 8)
    again = loans.granted[rows] == 8  # repaid, and in need once more
    assert not np.isin(rows[~again], market.live).any()
    assert (~again).any()


def test_a_product_that_does_not_fit_asks_two_months_too_early() -> None:
    simulation = lent(AGAINST | {"fit": 0.0}, months=2)
    market, loans = simulation.market, simulation.market.loans
    rows = market.live_at(0)[loans.granted[market.live_at(0)] == 2]
    rows = rows[(loans.schedule[rows] == Schedule.RECEIVABLES) & (loans.remaining[rows] == 6)]
    principal = loans.principal[rows].copy()
    assert rows.size >= 5
    for age, owed in enumerate([1, 0.8, 0.6], start=1):
        advanced(simulation, 2 + age)
        np.testing.assert_allclose(loans.balance[rows], owed * principal, atol=0.01)


@pytest.mark.parametrize("products", [LEVEL, AGAINST])
def test_customers_pay_late_and_lose_nothing_by_it(products: dict[str, Any]) -> None:
    """Income comes after the wait or in the last month, and is worth what was put in."""
    simulation = lent(products, months=2)
    market, loans = simulation.market, simulation.market.loans
    rows = market.live_at(0)[loans.granted[market.live_at(0)] == 2]
    term, theta = loans.remaining[rows].copy(), market.firms.theta[rows]
    growth = (0.17 + 0.045 * theta) / 12.0
    wait = np.where(market.firms.paid_after[rows] > 0, np.minimum(WAIT, term - 1), 0)
    invested, income = 0.7 * loans.principal[rows], loans.project_income[rows].copy()
    came, worth = np.zeros(rows.size), np.zeros(rows.size)
    for age in range(1, 37):
        left = loans.project_left[rows].copy()
        advanced(simulation, 2 + age)
        mine = loans.granted[rows] == 2  # until the firm borrows again
        now = mine & (loans.project_left[rows] >= 0) & (np.abs(left) > 0)
        np.testing.assert_array_equal(now[mine], ((age > wait) & (age <= term))[mine])
        came += now
        worth += now * income / (1.0 + growth) ** age
    whole = came == term - wait
    assert whole.sum() > 30
    np.testing.assert_allclose(worth[whole], invested[whole], rtol=1e-9)


def test_waiting_for_customers_hurts_and_a_loan_against_invoices_helps() -> None:
    """The same rough world: on time, late with level instalments, late against invoices."""
    rough: dict[str, Any] = {
        "count": 1500, "volatility": 0.08, "margin": 0.08, "starting_buffer": 1.0,
        "treasury": {"owner_buffer": 1.0, "informal_limit": 0.0}, "temptation": {"omega": 0.0},
        "demand": {"need_monthly": 0.2, "tenor_shares": [0.0, 0.5, 0.5, 0.0, 0.0]},
        "late_by": 4,
    }  # fmt: skip

    def missed(products: dict[str, Any], late: float) -> float:
        simulation = lent(products, **rough, late_payers=late)
        advanced(simulation, 36)
        months = result_of(simulation.market, simulation.recorder).months
        return float(months["defaults"].sum() / months["taken"].sum())

    usual, late, helped = missed(LEVEL, 0.0), missed(LEVEL, 1.0), missed(AGAINST, 1.0)
    assert late > usual
    assert helped < late


def test_nobody_is_lent_to_against_invoices_where_customers_pay_at_once() -> None:
    worlds = [lent(product, months=14, late_payers=0.0) for product in (AGAINST, LEVEL)]
    one, other = (result_of(w.market, w.recorder).months.drop(columns="bank") for w in worlds)
    assert one.to_numpy(float).tobytes() == other.to_numpy(float).tobytes()


def test_how_late_they_would_pay_is_nothing_to_firms_whose_customers_do_not() -> None:
    worlds = [lent(months=14, late_payers=0.0, late_by=late) for late in (1, 12)]
    one, other = (result_of(w.market, w.recorder).months.drop(columns="bank") for w in worlds)
    assert one.to_numpy(float).tobytes() == other.to_numpy(float).tobytes()
