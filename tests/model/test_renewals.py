"""Loans that end in one payment: renewed, repaid and lent again, or not renewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.mechanisms.bridges import LeftBehind
from sim.mechanisms.maturity import Matured, Renewed
from sim.model.result import result_of
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.report.figures.renewals import new_loans, repaid_and_renewed
from sim.scenario.schema import Scenario
from sim.state.bridges import BRIDGES, bridge_debt
from sim.state.renewals import RENEWALS, Grant, grants
from tests.model.renewal_worlds import plain, thin

SEEDS = [1, 2, 3]
FREE = {  # nothing has a cost, and every renewal is certain until the freeze
    "mechanisms__renewals__ask_below": 100.0,
    "mechanisms__renewals__freeze_from": 20,
    "mechanisms__bridges__price": 0.0,
    "mechanisms__bridges__found": 1.0,
    "mechanisms__bridges__limit": 120.0,
}
KINDS: dict[str, dict[str, Any]] = {
    "repay_first": {"kind": "repay_first", "days": 0.0, "cost": 0.0},
    "without_repayment": {
        "kind": "without_repayment", "days": 0.0, "cost": 0.0, "check_cost": 0.0, "years": 1.0,
    },
}  # fmt: skip


def lived(scenario: Scenario, watch: Callable[[Any, object], None] | None = None) -> Simulation:
    """Live a scenario with books that balance; `watch` gets the simulation and each fact."""
    simulation = Simulation(scenario, SEEDS)
    if watch is not None:
        simulation.observer = lambda step, fact: watch(simulation, fact)
    return simulation.run()


def months(simulation: Simulation) -> pd.DataFrame:
    return result_of(simulation.market, simulation.recorder).months


@pytest.mark.parametrize("kind", KINDS)
def test_renewed_for_certain_at_no_cost_it_is_a_longer_loan(kind: str) -> None:
    # 12 months renewed once, then frozen, against 24 months: granted in months 1 and 2, due in
    # months 25 and 26; firms pay interest at all times, and principal as far as their cash goes
    longer = months(lived(plain(24)))
    renewed = months(lived(plain(12, banks__main__renewal=KINDS[kind], **FREE)))
    assert longer["defaults"].sum() > 10
    left, lent = (longer[longer["month"] == month]["loans"].sum() for month in (31, 20))
    assert left < lent
    for name in ("defaults", "defaults_full", "loans"):
        np.testing.assert_array_equal(renewed[name], longer[name], name)
    for name in ("interest_received", "npl", "gross_loans", "provisions", "profit", "equity"):
        np.testing.assert_allclose(renewed[name], longer[name], rtol=1e-9, atol=1e-3, err_msg=name)
    np.testing.assert_allclose(
        renewed["paid_by_firms"] - renewed["disbursed"],
        longer["paid_by_firms"] - longer["disbursed"],
        rtol=1e-9,
        atol=1e-3,
    )
    assert renewed["renewals"].sum() == renewed["loans"][renewed["month"] == 13].sum()
    assert (renewed["refinanced"].sum() > 0) == (kind == "without_repayment")
    assert (renewed["bridge_loans"].sum() > 0) == (kind == "repay_first")


def good_defaults(scenario: Scenario) -> tuple[int, pd.DataFrame]:
    """Return how many firms of above-average quality default from month 1, and the months."""
    simulation = Simulation(scenario, SEEDS)
    good = 0
    while simulation.month < scenario.horizon:
        simulation.advance()
        market = simulation.market
        new = market.live[market.loans.default_month[market.live] == market.month]
        good += int((market.firms.theta[new] > 0.0).sum()) if market.month >= 1 else 0
    return good, months(simulation)


def test_a_freeze_makes_sound_firms_default() -> None:
    usual, before = good_defaults(thin())
    frozen, after = good_defaults(thin(mechanisms__renewals__freeze_from=1))
    assert before["renewals_withdrawn"].sum() == 0
    assert after["renewals_withdrawn"].sum() > 100
    assert frozen > 1.3 * usual
    assert after["defaults_not_renewed"].sum() > before["defaults_not_renewed"].sum()
    assert after["defaults_not_renewed"].sum() <= after["defaults"].sum()


def test_without_repayment_nobody_needs_a_bridge_and_fewer_default_for_lack_of_it() -> None:
    easy = {"kind": "without_repayment", "years": 50.0, "despite_warning": True}
    scarce = {"mechanisms__bridges__found": 0.3, "horizon": 14}
    first = months(lived(thin(**scarce)))
    without = months(lived(thin(**scarce, banks__main__renewal=easy)))
    assert first["bridge_loans"].sum() > 50
    # those in arrears must still repay first
    assert without["bridge_loans"].sum() < 0.05 * first["bridge_loans"].sum()
    assert without["defaults_not_renewed"].sum() < first["defaults_not_renewed"].sum()
    assert without["refinanced"].sum() > 0.9 * without["renewals"].sum()


def test_a_bridge_lender_may_wait_in_vain_and_winds_the_firm_up() -> None:
    # thirty days pass between repayment and the new loan, so all who repaid wait at each month-end
    seen = {"in vain": 0, "owed": 0.0}

    def watch(simulation: Simulation, fact: object) -> None:
        if isinstance(fact, Renewed):
            seen["in vain"] += int((bridges(simulation).owed[fact.withdrawn] > 0.0).sum())
        seen["owed"] = max(seen["owed"], float(bridge_debt(simulation.market).max()))

    slow = {"kind": "repay_first", "days": 30.0}
    world = thin(banks__main__renewal=slow, mechanisms__renewals__freeze_from=3)
    after = months(lived(world, watch))
    assert seen["in vain"] > 5
    assert seen["owed"] > 1e5
    assert 0 < after["bridge_ruins"].sum() <= seen["in vain"]


@pytest.mark.parametrize("entry", [True, False])
def test_what_firms_owe_to_bridge_lenders_when_they_leave_is_lost(entry: bool) -> None:
    """Lent + price = paid + lost + still owed, over all months and whatever becomes of firms."""
    dear = {"price": 0.05, "found": 1.0, "limit": 120.0, "patience": 120}
    world = thin(
        banks__main__renewal={"kind": "repay_first", "days": 30.0},
        firms__entry=entry,
        mechanisms__renewals__freeze_from=3,
        **{f"mechanisms__bridges__{name}": value for name, value in dear.items()},
    )
    simulation, flows, left = Simulation(world, SEEDS), np.zeros(len(SEEDS)), 0.0

    def watch(step: Any, fact: object) -> None:
        nonlocal left
        if isinstance(fact, LeftBehind):
            left += fact.owed.sum()

    simulation.observer = watch
    while simulation.month < 24:
        simulation.advance()
        now = simulation.market.economy
        flows += now.bridge_lent + now.bridge_price - now.bridge_paid - now.bridge_lost
        np.testing.assert_allclose(bridge_debt(simulation.market), flows, rtol=1e-9, atol=1e-2)
    assert left > 1e5
    owes = bridges(simulation).owed > 0.0
    assert simulation.market.firms.alive[owes].all()


def bridges(simulation: Simulation) -> Any:
    return simulation.market.table(BRIDGES)


def test_who_awaits_the_new_loan_asks_nobody_else_for_one() -> None:
    slow = {"kind": "repay_first", "days": 30.0}
    simulation = Simulation(thin(banks__main__renewal=slow), SEEDS)
    waited = 0
    while simulation.month < 12:
        simulation.advance()
        market = simulation.market
        waiting = bridges(simulation).awaits
        waited += int(waiting.sum())
        assert (market.loans.lender[waiting] < 0).all()
        assert (market.applications.lender[waiting] < 0).all()
    assert waited > 50


def test_a_loan_renewed_in_difficulty_stands_at_special_mention_for_a_year() -> None:
    # a visit to a firm in trouble sees it nearly every other time: many renew under a warning
    warned = {"kind": "care", "monthly": 1.0, "response_lag": 11, "false_alarms": 0.3}
    easy = {"kind": "without_repayment", "years": 50.0, "despite_warning": True}
    watched: dict[int, int] = {}
    classes: list[int] = []

    def watch(simulation: Simulation, fact: object) -> None:
        if isinstance(fact, Matured) and simulation.month >= 1:
            watched.update(dict.fromkeys(fact.extended[fact.difficult].tolist(), simulation.month))

    simulation = Simulation(thin(banks__main__monitoring=warned, banks__main__renewal=easy), SEEDS)
    simulation.observer = lambda step, fact: watch(simulation, fact)
    while simulation.month < 24:
        simulation.advance()
        loans, month = simulation.market.loans, simulation.month
        for slot, since in list(watched.items()):
            if loans.granted[slot] != since or loans.lender[slot] < 0:
                del watched[slot]
            elif month - since < 12:
                classes.append(int(loans.grade[slot]))
    assert len(classes) > 50
    assert min(classes) == 1


def test_the_kind_of_grant_is_on_file() -> None:
    simulation = lived(thin(horizon=12))
    market = simulation.market
    rows = market.live_at(0)
    kinds = grants(market, rows)
    assert {Grant.NEW, Grant.RENEWAL} <= set(kinds.tolist())
    renewed = rows[kinds == Grant.RENEWAL]
    table = market.table(RENEWALS)
    assert (table.times[renewed] > 0).all()
    assert (table.first[renewed] < market.loans.granted[renewed]).all()
    assert (market.loans.principal[renewed] > 0.0).all()


def test_switched_off_none_of_its_numbers_matters() -> None:
    off = {"firms__demand__bullet_share": 0.0, "banks__main__renewal": {"kind": "none"}}
    usual = months(lived(thin(**off, horizon=8)))
    other = months(
        lived(
            thin(
                **off,
                horizon=8,
                mechanisms__renewals__freeze_from=1,
                mechanisms__renewals__kept_back=9.0,
                mechanisms__bridges__price=0.05,
            )
        )
    )
    pd.testing.assert_frame_equal(usual, other)
    for name in ("renewals_asked", "renewals", "bridge_loans", "defaults_not_renewed"):
        assert usual[name].sum() == 0


def test_the_event_log_has_a_row_for_every_loan_paid_out_again() -> None:
    result = simulate(thin(horizon=10), seeds=[1], detail=True)
    loans, events = result.loans, result.events
    assert loans is not None
    assert events is not None
    renewed = loans[loans["decision"] == "renewed"]
    assert len(renewed) == result.months["renewals"].sum() > 10
    assert renewed["granted"].between(1, 10).all()
    # figures of new loans count what the outcome "Loans granted" counts
    assert len(new_loans(loans)) == result.summary["loans_granted"].sum() > 10
    # and each was paid out again after the loan of the same firm that it renews
    held = loans[loans["answer"] == "taken"]
    before = held[repaid_and_renewed(held)]
    first = held.sort_values("granted").drop_duplicates("firm")  # its loan ended before month 1
    assert len(before) == len(renewed) - (first["decision"] == "renewed").sum() > 10
    assert (before["outcome"] == "repaid").all()
    assert (events["loan"] >= 0).all()
    defaults = events[events["kind"] == "default"]
    assert len(defaults) == result.months["defaults"].sum() > 0
    assert defaults["loan"].is_unique
