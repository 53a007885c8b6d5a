"""Being caught: penalty rate, call, listing at every bank, and books that still balance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.catching import Proven, post_proven, proven
from sim.mechanisms.earnings import earn
from sim.mechanisms.repayment import repay
from sim.model.bank_month import BankMonth
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.market import NEVER, Market
from sim.state.month import Month
from sim.state.regulation import Regulation
from sim.world import integrity, take_up
from tests.accounting.audit import Auditor
from tests.model.proofs import plan_with_proofs, with_proofs
from tests.model.worlds import advanced, scenario

GENEROUS: dict[str, Any] = {
    "approval": {"kind": "all"}, "pricing": {"kind": "flat"}, "monitoring": {"kind": "none"},
}  # fmt: skip


def world(**content: Any) -> Any:
    firms = {
        "count": 300, "demand": {"need_monthly": 0.3}, "volatility": 0.2,
        "temptation": {"view_at_start": 0.0},
        "take_up": {"rival_reads_list": True},
    }  # fmt: skip
    usual = {"firms": firms, "burn_in": {"months": 0}, "horizon": 24}
    return scenario(GENEROUS, GENEROUS, **usual | content)


def divided() -> tuple[Market, Any, Simulation]:
    """Return a market in month 5, and the first bank's loans that are diverted and on time."""
    simulation = advanced(Simulation(world(), [1, 2]), 5)
    market = simulation.market
    rows = market.live_at(0)
    rows = rows[market.firms.diverting[rows] & (market.loans.dpd[rows] == 0)]
    market.tables.loans.overdue_principal[rows] = 0.0  # but for fractions of a penny
    assert rows.size > 20
    return market, rows, simulation


def dues(market: Market, simulation: Simulation) -> Any:
    return repay(BankMonth(market, market.month + 1, simulation._after, simulation.after))


@pytest.mark.parametrize("called", [False, True])
def test_the_penalty_rate_is_due_on_the_balance_from_then_on(called: bool) -> None:
    market, rows, simulation = divided()
    loans = market.tables.loans
    market.tables.firms.cash[rows] = 0.0  # nothing can be paid on call
    before = dues(market, simulation)
    post_proven(market, Proven(0, rows, called, market.month + 60))
    after = dues(market, simulation)
    np.testing.assert_array_equal(before.rows, after.rows)
    hit = np.isin(after.rows, rows)
    np.testing.assert_array_equal(after.interest[~hit], before.interest[~hit])
    np.testing.assert_allclose(
        after.interest[hit], 1.5 * loans.balance[rows] * loans.rate[rows] / 12.0
    )
    # how principal falls due is the contract's; a called loan is overdue as a whole
    expected = np.zeros(rows.size) if called else before.scheduled[hit]
    np.testing.assert_array_equal(after.scheduled[hit], expected)
    np.testing.assert_array_equal(loans.overdue_principal[rows], called * loans.balance[rows])
    assert (loans.dpd[rows] == 30 * called).all()


def test_overdue_principal_bears_its_own_penalty_but_not_twice() -> None:
    market, rows, simulation = divided()
    late, caught = rows[:10], rows[5:15]
    loans = market.tables.loans
    post_proven(market, Proven(0, caught, False, market.month + 60))
    loans.overdue_principal[late] = 0.25 * loans.balance[late]
    month = BankMonth(market, market.month + 1, simulation._after, simulation.after)
    month._params = dict(month._params) | {Regulation: Regulation(overdue_penalty=1.4)}
    found = repay(month)
    share = dict.fromkeys(rows.tolist(), 1.0) | dict.fromkeys(late.tolist(), 1.0 + 0.4 * 0.25)
    share |= dict.fromkeys(caught.tolist(), 1.5)
    at = np.searchsorted(found.rows, rows)
    expected = loans.balance[rows] * loans.rate[rows] / 12.0
    expected = expected * np.array([share[row] for row in rows.tolist()])
    np.testing.assert_allclose(found.interest[at], expected)


def test_a_call_takes_what_cash_there_is_interest_first() -> None:
    market, rows, _ = divided()
    loans, firms, books = market.tables.loans, market.tables.firms, market.tables.books
    poor, rich, owing = rows[:5], rows[5:10], rows[10:15]
    firms.cash[rows] = 0.1 * loans.balance[rows]
    firms.cash[rich] = 2.0 * loans.balance[rich]
    firms.cash[owing] = -5.0
    interest = 50.0
    loans.accrued[poor] += interest
    accrued = loans.accrued[poor].copy()
    before = {name: getattr(loans, name).copy() for name in ("balance", "accrued")}
    cash, gross = firms.cash.copy(), books.gross_loans.copy()
    post_proven(market, Proven(0, rows[:15], True, market.month + 60))
    np.testing.assert_allclose(firms.cash[poor], 0.0, atol=1e-9)
    assert (loans.accrued[poor] == 0.0).all()
    np.testing.assert_allclose(
        loans.balance[poor], before["balance"][poor] - (cash[poor] - accrued)
    )
    np.testing.assert_array_equal(loans.overdue_principal[poor], loans.balance[poor])
    assert (loans.remaining[rows[:15]] == 0).all()
    # who can pay all is rid of the loan; who owes its suppliers pays nothing
    assert (loans.lender[rich] == -1).all()
    assert not np.isin(rich, market.live).any()
    np.testing.assert_allclose(cash[rich] - firms.cash[rich], before["balance"][rich], rtol=1e-2)
    np.testing.assert_array_equal(firms.cash[owing], cash[owing])
    paid = (before["balance"] - loans.balance)[rows[:15]].sum()
    assert (gross - books.gross_loans).sum() == pytest.approx(paid)


def test_the_bureau_lists_the_firm_at_every_bank_for_five_years() -> None:
    market, rows, _ = divided()
    month = Month(market, market.month, {Regulation: Regulation()})
    listed_for_a_lie = rows[:1]
    market.tables.relations.listed_until[listed_for_a_lie] = market.month + 600
    before = market.relations.listed_until.reshape(2, -1).copy()
    fact = proven(month, 0, rows, called=False)
    assert fact.listed_until == market.month + 60
    post_proven(market, fact)
    until = market.relations.listed_until.reshape(2, -1)
    assert (until[:, rows[1:]] == market.month + 60).all()
    assert until[:, listed_for_a_lie].ravel().tolist() == [market.month + 600, market.month + 60]
    others = np.setdiff1d(np.arange(market.slots), rows)
    np.testing.assert_array_equal(until[:, others], before[:, others])


def test_what_is_proven_once_is_not_proven_again_nor_at_another_bank() -> None:
    market, rows, _ = divided()
    post_proven(market, Proven(1, rows, True, market.month + 60))
    assert market.ledger.caught.sum() == 0 == (market.loans.proven[rows] != NEVER).sum()
    for _ in range(2):
        post_proven(market, Proven(0, rows, True, market.month + 60))
        assert market.ledger.caught.sum() == rows.size
    assert not market.firms.diverting[rows].any()


def test_the_rival_reads_the_list_only_where_it_is_told_to() -> None:
    market, rows, simulation = divided()
    post_proven(market, Proven(0, rows[:7], False, market.month + 60))
    firms = simulation.scenario.firms
    rule = {"rival_available": 1.0}
    for reads in (False, True):
        rivals = take_up.TakeUp(rival_reads_list=reads, **rule)
        quoted = take_up.alternatives(market, rows, firms.projects, rivals, 0.13, 0.02).rival
        assert np.isfinite(quoted[7:]).all()
        assert np.isfinite(quoted[:7]).all() != reads


@pytest.mark.parametrize("called", [False, True])
def test_books_balance_and_loans_are_in_order_with_all_of_it(called: bool) -> None:
    """Both the model's own check, and the auditor's, month by month."""
    firms = world().firms.model_dump(mode="json")
    firms["temptation"]["omega"] = 5.0
    firms["late_payers"] = 0.4
    hard = {"regulation": {"overdue_penalty": 1.5}}
    with pytest.MonkeyPatch.context() as patch:
        auditor = Auditor(patch)
        simulation = with_proofs(world(firms=firms, economy=hard), [1, 2], 1.0, called)
        caught, seen = simulation.market.ledger.caught, 0.0
        honest = simulation.advance

        def count() -> None:
            nonlocal seen
            honest()
            seen += caught.sum()

        simulation.advance = count  # type: ignore[method-assign]
        auditor.follow(simulation)
    assert seen > 30
    if not called:
        held = simulation.market.live
        held = held[simulation.market.loans.proven[held] != NEVER]
        assert held.size > 0


def test_no_bank_lends_to_who_is_listed() -> None:
    simulation = with_proofs(world(), [1], 1.0)
    market = simulation.market
    advanced(simulation, 10)
    caught = np.flatnonzero(
        (market.relations.listed_until.reshape(2, -1) > market.month).all(axis=0)
        & (market.loans.lender < 0)
    )
    generation = market.firms.generation[caught].copy()
    assert caught.size > 10
    advanced(simulation, 24)
    same = market.firms.generation[caught] == generation
    assert same.any()
    assert (market.loans.lender[caught[same]] < 0).all()


def test_a_loan_that_is_called_is_not_renewed_by_an_officer() -> None:
    market, rows, simulation = divided()
    market.tables.firms.cash[rows] = 0.0
    labour = simulation.scenario.economy.labour.model_validate(
        {"open_to_favours": 1.0, "favour": 1.0}
    )
    market.tables.loans.behind[rows] = 1.0
    rows = rows[np.isin(rows, integrity.hidden(market, 0, labour))]
    assert rows.size > 10
    post_proven(market, Proven(0, rows, True, market.month + 60))
    assert not np.isin(rows, integrity.hidden(market, 0, labour)).any()


def test_the_event_log_tells_who_was_caught_and_who_paid_on_call() -> None:
    simulation = Simulation(world(), [1], detail=True, plan=plan_with_proofs(1.0))
    advanced(simulation, 24)
    result = result_of(simulation.market, simulation.recorder, simulation.event_log)
    assert result.events is not None
    proven_events = result.events[result.events["kind"] == "misuse proven"]
    assert len(proven_events) == result.months["caught"].sum() > 10
    assert not proven_events.duplicated(["seed", "bank", "loan"]).any()


def test_a_call_does_not_hurry_the_customers() -> None:
    late = world().firms.model_dump(mode="json") | {"late_payers": 1.0}
    simulation = advanced(Simulation(world(firms=late), [1]), 3)
    market = simulation.market
    rows = market.live_at(0)
    rows = rows[(market.loans.project_left[rows] < 0) & (market.loans.granted[rows] >= 2)]
    market.tables.firms.cash[rows] = 0.0
    assert rows.size > 10
    post_proven(market, Proven(0, rows, True, 60))
    month = BankMonth(market, market.month + 1, simulation._after, simulation.after)
    assert not np.isin(rows, earn(month).awaited).any()
