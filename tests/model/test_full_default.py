"""Default by the full definition on the production code: each cause, counted once per loan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state.market import Market
from sim.world.expected_loss import on_bad_loans
from tests.model.test_arrears import BANK, BROKE, SLOW
from tests.model.worlds import advanced, scenario

CAREFUL = {
    "kind": "care", "monthly": 1.0, "response_lag": 0, "reschedule": True, "precision": 100.0,
    "accounts": 5.0, "quiet_months": 0,
}  # fmt: skip
POOR = {"count": 400, "volatility": 0.35, "demand": {"need_monthly": 0.2}}


def world(**monitoring: Any) -> Simulation:
    bank = {"monitoring": CAREFUL | monitoring, "approval": {"kind": "all"}}
    return Simulation(scenario(bank, firms=POOR, horizon=40, burn_in={"months": 1}), [4])


def own(market: Market) -> np.ndarray:
    return market.live[market.loans.lender[market.live] == 0]


def counted(simulation: Simulation, name: str) -> np.ndarray:
    return simulation.recorder.column(name)[:, 0]


def test_without_restructuring_both_definitions_are_one() -> None:
    simulation = Simulation(
        scenario(BANK, firms=BROKE, economy=SLOW, horizon=20, burn_in={"months": 1}), [6]
    )
    advanced(simulation, 20)
    assert counted(simulation, "defaults").sum() > 50
    for full, narrow in (("defaults_full", "defaults"), ("performing_full", "performing")):
        np.testing.assert_array_equal(counted(simulation, full), counted(simulation, narrow))
    assert counted(simulation, "defaults_restructured").sum() == 0.0
    loans, live = simulation.market.loans, simulation.market.live
    np.testing.assert_array_equal(loans.impaired[live], loans.defaulted[live])


def test_flows_into_non_performing_loans_are_what_the_census_gains() -> None:
    simulation = Simulation(
        scenario(BANK, firms=BROKE, economy=SLOW, horizon=20, burn_in={"months": 1}), [6]
    )
    advanced(simulation, 20)  # nobody pays, so what leaves is worked out or written off
    npl = counted(simulation, "npl")
    left = counted(simulation, "written_off") + counted(simulation, "principal_repaid")
    gained = (counted(simulation, "npl_new") - left)[1:]
    np.testing.assert_allclose(np.diff(npl), gained, rtol=1e-9, atol=1e-3)
    opening = (counted(simulation, "gross_loans") - npl)[:-1]
    shown = counted(simulation, "performing_balance")[1:]
    np.testing.assert_allclose(shown, opening, rtol=1e-9, atol=1e-3)


def test_rescheduling_in_arrears_is_default_and_stays_non_performing_for_a_year() -> None:
    simulation, since = world(), dict[tuple[int, int], int]()
    for month in range(1, 41):
        advanced(simulation, month)
        loans = simulation.market.loans
        rows = own(simulation.market)
        assert loans.impaired[rows][loans.rescheduled[rows] | loans.defaulted[rows]].all()
        now = {(int(i), int(loans.granted[i])) for i in rows[loans.rescheduled[rows]]}
        for loan in now:
            age = month - since.setdefault(loan, month)
            if 1 <= age <= 12:
                assert loans.grade[loan[0]] >= 2, "left the non-performing loans too early"
    assert len(since) > 20
    begun = counted(simulation, "defaults_restructured").sum()
    assert begun == len(since)  # a loan is rescheduled once, before any default
    assert counted(simulation, "defaults_full").sum() >= begun
    assert counted(simulation, "defaults_full").sum() > counted(simulation, "defaults").sum()


def test_a_hidden_renewal_is_default_in_the_record_though_the_bank_shows_no_arrears() -> None:
    simulation = world(monthly=0.0, evergreening=1.0, evergreening_below=1.0)
    advanced(simulation, 20)
    loans, rows = simulation.market.loans, own(simulation.market)
    renewed = rows[loans.renewed[rows]]
    assert renewed.size > 5
    assert loans.impaired[renewed].all()
    assert counted(simulation, "defaults").sum() == 0.0
    assert counted(simulation, "defaults_full").sum() > renewed.size / 2
    assert counted(simulation, "defaults_full").sum() <= counted(simulation, "rolled_over").sum()


def test_the_loss_expected_on_bad_loans_is_the_sum_over_them() -> None:
    simulation = world()
    advanced(simulation, 30)
    market, rule = simulation.market, simulation.scenario.economy.resolution
    loans, expected, bad = market.loans, 0.0, 0
    for i in own(market):
        if loans.grade[i] < 2:
            continue
        secured = min(loans.collateral[i] / loans.balance[i], 1.0)
        back = rule.secured * secured + rule.unsecured * (1 - secured)
        cured = rule.cured * max(1 - loans.npl_months[i] / rule.cured_months, 0.0)
        expected += loans.balance[i] * (1 - cured) * (1 - back)
        bad += 1
    assert bad > 3
    assert on_bad_loans(market, rule)[0] == pytest.approx(expected)
    assert counted(simulation, "npl_loss")[-1] == pytest.approx(expected)
    before, after = counted(simulation, "npl_loss_before"), counted(simulation, "npl_loss")
    np.testing.assert_array_equal(before[1:], after[:-1])
