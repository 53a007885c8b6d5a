"""Diversion: who begins, when, what it costs, and what is feared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.diversion import divert, post_diversion
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.firms_view import note_check, view_of
from sim.state.market import Market
from sim.state.month import Month
from sim.state.regulation import Regulation
from sim.state.temptation import Temptation
from tests.model.proofs import with_proofs
from tests.model.worlds import advanced, scenario

GENEROUS = {"approval": {"kind": "all"}, "pricing": {"kind": "flat"}}


def world(temptation: dict[str, Any] | None = None, bank: dict[str, Any] | None = None) -> Any:
    return scenario(
        GENEROUS | {"collateral": {"kind": "pledge", "cover": 0.5}} | (bank or {}),
        firms={
            "count": 400, "temptation": temptation or {},
            "demand": {"need_monthly": 0.3},
        },
        burn_in={"months": 0}, horizon=30,
    )  # fmt: skip


def lent(months: int = 2) -> Market:
    """Return a market in which nobody diverts yet."""
    return advanced(Simulation(world({"omega": 0.0}), [1]), months).market


def begun(market: Market, called: float = 0.0, law: Regulation | None = None, **rule: Any) -> Any:
    """Return the slots that begin to divert next month."""
    params = {Temptation: Temptation(**rule), Regulation: law or Regulation()}
    found = divert(Month(market, market.month + 1, params), np.array([called, 0.0]))
    assert found is not None
    return found.rows


def see(market: Market, view: float) -> None:
    """Let firms have seen that misuse would be proven in this share of loan-months."""
    market.tables.books.loan_months[:] = 200.0
    market.tables.books.proof_chances[:] = 200.0 * view


def fear(market: Market, rows: Any, view: float, called: float, listed: float) -> tuple[Any, Any]:
    """Return gain and loss over kappa, but for collateral: written down from the model's text."""
    loans = market.loans
    r, n, balance = loans.rate[rows], loans.remaining[rows].astype(float), loans.balance[rows]
    in_use = loans.project_income[rows] * np.abs(loans.project_left[rows])
    years = np.where(
        loans.lender[rows] == 0,
        (market.month + 1 - market.relations.known_since[rows]) / 12.0, 0.0,
    )  # fmt: skip
    p = 1.0 - (1.0 - view) ** n
    gain = (1.0 - p) * 400.0 * 0.5 * in_use * (0.03 + 0.2 * np.maximum(r - 0.06, 0.0))
    lost = 0.5 * r * n / 24.0 + 0.10 * called + listed * (0.10 + 0.02 * np.minimum(years, 3.0))
    return gain / (market.firms.opportunism[rows] * p), lost * balance


@pytest.mark.parametrize("listed", [0, 60])
def test_the_threshold_is_exact(listed: int) -> None:
    called, market = 1.0, lent()
    rows = market.live_at(0)
    market.tables.relations.known_since[rows] = np.where(rows % 2, -120, -6)  # beyond three years
    see(market, 0.01)
    gain, lost = fear(market, rows, 0.01, called, float(listed > 0))
    for part, name in ((0.2, "collateral"), (0.3, "guaranteed")):
        indifferent = (gain - lost) / part
        assert (indifferent > 0.0).all()
        for factor, diverts in ((0.9999, True), (1.0001, False)):
            market.tables.loans.collateral[rows] = market.tables.loans.guaranteed[rows] = 0.0
            getattr(market.tables.loans, name)[rows] = factor * indifferent
            found = begun(market, called, Regulation(listed_months=listed), omega=400.0)
            assert np.isin(rows, found).all() == diverts
            assert np.isin(rows, found).any() == diverts


def test_a_pledge_is_feared_only_where_the_loan_is_called() -> None:
    market = lent()
    see(market, 0.02)
    market.tables.loans.collateral[market.live] = 1e12
    free = {"law": Regulation(misuse_penalty=1.0, listed_months=0), "omega": 1e-6}
    np.testing.assert_array_equal(begun(market, 0.0, **free), market.live)
    assert not np.isin(market.live_at(0), begun(market, 1.0, **free)).any()


def test_a_relationship_is_feared_only_where_the_firm_is_listed() -> None:
    market = lent()
    see(market, 0.02)
    market.tables.relations.known_since[:] = -1_000
    rows = market.live_at(0)
    known = {"relationship": 0.9, "omega": 1e-3}
    free = Regulation(misuse_penalty=1.0, listed_months=0)
    assert np.isin(rows, begun(market, law=free, **known)).all()
    assert not np.isin(rows, begun(market, **known)).any()


def test_a_rate_without_a_penalty_is_not_feared() -> None:
    market = lent()
    rows = market.live_at(0)
    see(market, 0.05)
    market.tables.loans.collateral[rows] = 0.0
    law = Regulation(misuse_penalty=1.0, listed_months=0)
    assert np.isin(rows, begun(market, law=law, relationship=0.0)).all()
    assert not np.isin(rows, begun(market, relationship=0.0)).all()


def test_where_nobody_is_ever_caught_nothing_is_feared() -> None:
    market = lent()
    market.tables.relations.known_since[:] = -1_000
    market.tables.loans.collateral[market.live] *= 100.0
    see(market, 0.0)
    np.testing.assert_array_equal(begun(market, 1.0, omega=1e-6, relationship=1.0), market.live)
    see(market, 0.02)
    assert begun(market, 1.0, omega=1e-6, relationship=1.0).size == 0


def test_it_begins_in_the_window_or_never() -> None:
    market = lent(7)
    see(market, 0.0)
    young = market.month + 1 - market.loans.granted[market.live]
    assert young.max() > 3
    to_come = market.loans.remaining[market.live] > 0
    np.testing.assert_array_equal(begun(market), market.live[to_come & (young <= 3)])
    np.testing.assert_array_equal(begun(market, window=5), market.live[to_come & (young <= 5)])
    stopped = begun(market)[:1]
    market.tables.loans.diverted[stopped] = market.month
    assert not np.isin(stopped, begun(market)).any(), "a loan was diverted twice"


def test_what_is_taken_out_no_longer_comes_back_and_nothing_else_changes() -> None:
    market = lent()
    see(market, 0.0)
    params = {Temptation: Temptation(taken=0.3), Regulation: Regulation()}
    rows = begun(market)[::2]
    tempted = divert(Month(market, market.month + 1, params))
    assert tempted is not None
    income, cash = market.loans.project_income.copy(), market.firms.cash.copy()
    post_diversion(market, tempted._replace(rows=rows))
    expected = income.copy()
    expected[rows] *= 0.7
    np.testing.assert_array_equal(market.loans.project_income, expected)
    np.testing.assert_array_equal(market.firms.cash, cash)
    assert (np.flatnonzero(market.firms.diverting) == rows).all()
    assert (market.loans.diverted[rows] == market.month).all()


def test_operations_are_untouched_and_projects_bring_in_the_rest() -> None:
    """The margin and the volatility of a diverting firm are its own."""
    flows = {}
    for taken in (0.0, 0.5):
        rule = {"taken": taken, "view_at_start": 0.0, "omega": 1.0}
        simulation = Simulation(world(rule), [1])
        advanced(simulation, 3)
        flows[taken] = simulation.market.economy, simulation.market.firms.diverting.sum()
    honest = advanced(Simulation(world({"omega": 0.0}), [1]), 3).market.economy
    assert flows[0.0][1] == 0  # who takes nothing out does not divert
    assert flows[0.5][1] > 50
    np.testing.assert_array_equal(flows[0.5][0].earned, honest.earned)
    assert flows[0.5][0].project_income < 0.8 * honest.project_income
    assert flows[0.5][0].project_income > 0.5 * honest.project_income


def test_the_view_is_a_ratio_of_sums_that_fade_with_the_half_life() -> None:
    market = lent()
    lent_now = float(market.live_at(0).size)
    books = market.tables.books
    books.loan_months[:], books.proof_chances[:] = (80.0, 8.0), (4.0, 0.8)
    params = {Temptation: Temptation(omega=1e-9, half_life=6.0), Regulation: Regulation()}
    for _ in range(6):
        tempted = divert(Month(market, market.month + 1, params))
        assert tempted is not None
        post_diversion(market, tempted)
    one_by_one = sum(lent_now * 0.5 ** (month / 6.0) for month in range(6))
    np.testing.assert_allclose(books.loan_months, [40.0 + one_by_one, 8.0])
    np.testing.assert_allclose(books.proof_chances, [2.0, 0.8])
    note_check(books, 0, 0.4)
    assert view_of(books.proof_chances[0], books.loan_months[0]) == pytest.approx(
        2.4 / (40.0 + one_by_one)
    )
    note_check(books, 0, 0.0)  # a blind check
    assert books.proof_chances[0] == pytest.approx(2.4)
    assert (view_of(0.0, 0.0), view_of(3.0, 2.0)) == (0.0, 1.0)


@pytest.mark.parametrize("count", [300, 900])
def test_the_start_weighs_by_the_size_of_the_market(count: int) -> None:
    found = Simulation(scenario(firms={"count": count}), [1]).market.books
    assert (found.loan_months == 250.0 * count / 1_000).all()
    np.testing.assert_allclose(found.proof_chances, 0.01 * found.loan_months)


def test_visits_that_prove_nothing_frighten_nobody() -> None:
    """The placebo: a bank that visits everybody every month and does nothing about what it sees."""
    blind = {
        "kind": "care", "success": 0.0, "reschedule": False, "ease": False, "proceeds_check": 0.0,
    }  # fmt: skip
    columns = {}
    for monthly in (0.0, 1.0):
        bank = {"monitoring": blind | {"monthly": monthly}, "staffing": {"kind": "none"}}
        run = advanced(Simulation(world(bank=bank), [1]), 24)
        columns[monthly] = result_of(run.market, run.recorder).months
    assert columns[1.0]["inspections"].sum() > 0 == columns[0.0]["inspections"].sum()
    assert columns[0.0]["diverting"].sum() > 0
    for name in ("diverting", "defaults", "principal_repaid", "applications"):
        assert (columns[0.0][name] == columns[1.0][name]).all(), name


def test_proofs_that_happen_keep_borrowers_honest() -> None:
    diverting = {}
    for share in (0.0, 1.0):
        unwatched = world({"omega": 1.0}, {"monitoring": {"kind": "none"}})
        run = advanced(with_proofs(unwatched, [1, 2, 3], share), 30)
        page = result_of(run.market, run.recorder).months
        diverting[share] = page["diverting"].sum() / page["loans"].sum()
        assert (page["caught"].sum() > 0) == (share > 0)
        defaults = page["defaults_diverting"].sum()
        assert 0 < defaults <= page["defaults"].sum()
    assert diverting[1.0] < 0.5 * diverting[0.0]


BLIND = {
    "nothing": {"monthly": 0.0, "accounts": 0.0},
    "visits": {"monthly": 1.0, "accounts": 0.0},
    "accounts": {"monthly": 0.0, "accounts": 1e-13},  # 0 would be no look
}


@pytest.mark.parametrize("false_alarms", [0.05, 0.3])
def test_looks_that_see_nothing_frighten_nobody_though_warnings_are_acted_on(
    false_alarms: float,
) -> None:
    pages = {}
    for name, looks in BLIND.items():
        blind = {
            "kind": "care", "precision": 0.0, "proceeds_check": 0.0, "success": 0.9,
            "false_alarms": false_alarms, "reschedule": False, "ease": False,
        }  # fmt: skip
        bank = {"monitoring": blind | looks, "staffing": {"kind": "none"}}
        run = advanced(Simulation(world({"omega": 1.0}, bank), [1, 2, 3]), 30)
        pages[name] = result_of(run.market, run.recorder).months
    for name, page in pages.items():
        assert page["caught"].sum() == 0
        assert (page["interventions"].sum() > 100) == (name != "nothing")
        for column in ("diverting", "defaults", "principal_repaid", "applications"):
            assert (page[column] == pages["nothing"][column]).all(), (name, column)


def test_the_view_fades_where_nobody_diverts() -> None:
    never = {"monitoring": {"kind": "none"}, "staffing": {"kind": "none"}}
    run = advanced(Simulation(world({"omega": 1e-9}, never), [1]), 6)
    see(run.market, 0.5)
    later = advanced(run, 30).market.books
    assert not run.market.firms.diverting.any()
    assert view_of(later.proof_chances[0], later.loan_months[0]) < 0.02


def test_misuse_cannot_cost_less_than_delay() -> None:
    with pytest.raises(ValueError, match="is below overdue_penalty"):
        Regulation(misuse_penalty=1.1, overdue_penalty=1.3)
