"""A loan that ends in one payment is priced on all that is owed until then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats, Rows
from sim.credit.schedule import Schedule
from sim.model.owed import mean_owed, schedules_asked
from sim.model.simulation import Simulation
from sim.theory.bench.cohort import lend_once
from sim.theory.bench.trial import Trial
from tests.model.renewal_worlds import thin

YEARLY, FILE, FUNDING, MONTHS = 5_000.0, 700.0, 0.03, 12
PAID_DOWN = 0.55
RISKLESS: dict[str, Any] = {
    "firms.count": 50,
    "firms.demand.tenor_shares": [0, 0, 1, 0, 0],
    "economy.funding_rate": FUNDING,
    "banks.main.cost_per_loan": YEARLY,
    "banks.main.approval.cost": FILE,
    "banks.main.approval.usual_days": 0,
    "banks.main.rating.default_probability": 1e-12,
    "banks.main.pricing": {"kind": "risk_based", "sensitivity": 1, "paid_down": PAID_DOWN},
}
BY_PRODUCT = {"banks.main.products": {"kind": "menu", "bullet_up_to": MONTHS, "seasonal_from": 600}}
BY_CUSTOM = {"firms.demand.bullet_share": 1.0}


def lent(settings: dict[str, Any]) -> tuple[Trial, Rows, Floats, Floats]:
    """Return a trial whose firms have borrowed once, slots, amounts and rates of their loans."""
    trial = Trial(RISKLESS | settings, 1)
    rows = lend_once(trial)
    loans = trial.market.loans
    return trial, rows, loans.principal[rows].copy(), loans.rate[rows].copy()


@pytest.mark.parametrize("settings", [BY_PRODUCT, BY_CUSTOM])
def test_a_riskless_bullet_loan_pays_funding_and_costs_exactly(settings: dict[str, Any]) -> None:
    trial, rows, amount, _ = lent(settings)
    assert rows.size > 10
    trial.set("firms", "cash", rows, 3.0 * amount)
    trial.run_months(MONTHS + 1)
    interest = trial.total("paid_by_firms") - amount.sum()
    years = MONTHS / 12.0
    costs = YEARLY * years + FILE
    assert interest == pytest.approx(FUNDING * amount.sum() * years + costs * rows.size, rel=1e-9)


def test_a_loan_repaid_in_parts_bears_the_same_costs_on_less() -> None:
    _, _, amount, rate = lent({})
    expected = FUNDING + (YEARLY + FILE) / (PAID_DOWN * amount)
    np.testing.assert_allclose(rate, expected, rtol=1e-9)


FUND = {"banks.main.collateral": {"kind": "pledge", "fund_share": 0.4, "fund_fee": 0.01}}


def owed_each_month(amount: float, rate: float) -> list[float]:
    """Return what is owed in each month of a loan with level instalments, by its ledger."""
    monthly = rate / 12.0
    instalment = amount * monthly / (1.0 - (1.0 + monthly) ** -MONTHS)
    owed = [amount]
    for _ in range(MONTHS - 1):
        owed.append(owed[-1] * (1.0 + monthly) - instalment)
    return owed


@pytest.mark.parametrize("settings", [{}, BY_PRODUCT, BY_CUSTOM])
def test_a_guarantee_fund_is_paid_on_what_is_owed(settings: dict[str, Any]) -> None:
    trial, rows, amount, rate = lent(settings | FUND)
    ends_at_once = trial.market.loans.schedule[rows] == Schedule.BULLET
    assert ends_at_once.all() == bool(settings)
    in_parts = [np.mean(owed_each_month(*loan)) for loan in zip(amount, rate, strict=True)]
    owed = np.where(ends_at_once, amount, in_parts)
    expected = 0.4 * 0.01 * owed.sum() * MONTHS / 12.0
    assert rows.size > 10
    assert trial.total("fund_fees") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("sensitivity", [0.0, 0.2])
def test_so_does_the_average_loan_of_the_book(sensitivity: float) -> None:
    typical = {
        "banks.main.pricing": {
            "kind": "risk_based", "paid_down": PAID_DOWN, "sensitivity": sensitivity,
            "typical_balance": 2e5, "typical_term": MONTHS,
        }
    }  # fmt: skip
    _, _, amount, in_parts = lent(typical)
    _, _, same, at_once = lent(typical | BY_CUSTOM)
    np.testing.assert_array_equal(amount, same)  # common random numbers
    cost = (YEARLY + FILE) * ((1 - sensitivity) / 2e5 + sensitivity / (PAID_DOWN * amount))
    np.testing.assert_allclose(in_parts - at_once, (1.0 - PAID_DOWN) * cost, rtol=1e-9)


def test_a_renewal_is_priced_as_the_loan_that_it_renews() -> None:
    world = Simulation(thin(firms__demand__bullet_share=0.5), [1, 2])
    for _ in range(6):
        world.advance()
    market, demand = world.market, world.scenario.firms.demand
    (bank,) = world.after
    live = market.live_at(bank.lender)
    files = bank.view(market, live)
    kinds = market.loans.schedule[live]
    assert 0.1 < (kinds == Schedule.BULLET).mean() < 0.9
    terms = bank.policy.products.terms(files)
    np.testing.assert_array_equal(schedules_asked(bank, market, files, terms, demand), kinds)
    owed = mean_owed(bank, market, files, terms, demand)
    np.testing.assert_array_equal(owed == 1.0, kinds == Schedule.BULLET)
