"""What is counted on, and feared: guarantors in prices and in borrowers' minds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.diversion import divert
from sim.mechanisms.guarantees import Guarantees, bring_guarantors, promised
from sim.model import circles, counting_on
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.pricing import basis
from sim.model.proposal import proposal_for
from sim.model.simulation import Simulation
from sim.policies.collateral.base import Secured
from sim.state.guarantors import CLAIMS, GUARANTORS
from sim.state.market import Market
from tests.model.rough_circles import edges, rough, total
from tests.steps import replace_rule


def of_bank(simulation: Simulation) -> tuple[BankAtWork, Market]:
    return next(iter(simulation.after)), simulation.market


def test_a_bank_keeps_count_of_what_guarantors_owed_and_paid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Owed is what loans with guarantors owe when they default, or are called before."""
    owed = {"late": 0.0, "all": 0.0}
    honest = circles.guaranteed_defaults

    def spy(month: Any) -> Any:
        market, fact = month.market, honest(month)
        if fact is not None:
            loans, live = market.loans, market.live_at(0)
            new = live[(loans.default_month[live] == month.number)]
            with_guarantor = new[market.table(GUARANTORS).firm[0, new] > 0]
            called_before = market.table(GUARANTORS).asked[with_guarantor]
            exposure = loans.balance + loans.accrued + loans.suspended
            owed["late"] += exposure[with_guarantor[~called_before]].sum()
            owed["all"] += exposure[new].sum()
        return fact

    replace_rule(monkeypatch, circles.guaranteed_defaults, spy)
    simulation = rough(kind="hold", memory=1200.0)
    claims, paid = simulation.market.table(CLAIMS), total(simulation, "paid_by_guarantors")
    assert 0.1 < owed["late"] / owed["all"] < 0.9
    assert claims.owed.sum() == pytest.approx(owed["late"], rel=0.03)  # half is lost in a century
    assert 0.0 < paid < claims.paid.sum() * 1.03  # before month 1 too
    assert claims.paid.sum() < claims.owed.sum()


def test_a_price_counts_on_what_guarantors_have_paid_and_on_no_others() -> None:
    simulation = rough(kind="hold")
    bank, market = of_bank(simulation)
    seen = counting_on.seen_to_pay(bank, market)
    assert (seen > 0.05).all()
    assert (seen < 1.0).all()
    rows = np.flatnonzero(market.firms.alive)
    files = bank.view(market, rows)
    pledged = np.where(rows % 3 == 0, 1.0, 0.2)  # a fully secured loan brings nobody
    security = Secured(pledged, np.zeros(rows.size, np.int8), 0.0 * pledged, 0.0 * pledged)
    firms, economy = simulation.scenario.firms, simulation.scenario.economy_in(1)
    rule = bank.guarantees
    proposed = proposal_for(bank, market, files, firms, economy)._replace(security=security)
    given = np.full(rows.size, 0.04), proposed, firms, economy
    with_them = basis(bank, market, files, *given)
    bank.guarantees = Guarantees()
    without = basis(bank, market, files, *given)
    brings = promised(market, rows, pledged, rule)
    assert 0.2 < brings.mean() < 0.6
    assert not brings[rows % 3 == 0].any()
    left = 1.0 - brings * seen[market.firms.run[rows]]
    np.testing.assert_allclose(with_them.lgd, without.lgd * left, rtol=1e-12)
    assert (with_them.own[brings] < without.own[brings]).all()
    np.testing.assert_array_equal(with_them.own[~brings], without.own[~brings])
    assert (with_them.book < without.book).all()


def test_who_promises_a_guarantor_is_who_looks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"promised": 0, "found": 0}

    def spy(month: Any) -> Any:
        fact = bring_guarantors(month)
        if fact is not None:
            loans = month.market.loans
            pledged = loans.collateral[fact.rows] / loans.principal[fact.rows]
            will = promised(month.market, fact.rows, pledged, month.params(Guarantees))
            assert not (fact.firm[0, ~will] > 0).any()
            counts["promised"] += int(will.sum())
            counts["found"] += int((fact.firm[0, will] > 0).sum())
        return fact

    replace_rule(monkeypatch, bring_guarantors, spy)
    rough(kind="hold", months=12)
    assert counts["promised"] > 50
    assert counts["found"] > 0.8 * counts["promised"]


def test_a_bank_that_calls_nobody_counts_on_nobody() -> None:
    bank, market = of_bank(rough(kind="hold", enforced=False))
    assert list(edges(market))
    np.testing.assert_array_equal(counting_on.seen_to_pay(bank, market), 0.0)
    assert (counting_on.paid_for_book(bank, market) == 0.0).all()


@pytest.mark.parametrize("enforced", [True, False])
def test_a_borrower_fears_for_its_guarantors_where_they_are_called(enforced: bool) -> None:
    simulation = rough(kind="hold", enforced=enforced)
    market = simulation.market
    month = BankMonth(market, market.month, simulation._after, simulation.after)
    owed = circles.called_for_misuse(month)
    assert owed is not None
    feared, expected = owed(market.live), np.zeros(market.slots)
    table, firms, loans = market.table(GUARANTORS), market.firms, market.loans
    for i, g, place in edges(market):
        if firms.alive[g] and firms.born[g] < loans.granted[i]:
            expected[i] += enforced * table.liable[place, i]
    np.testing.assert_allclose(feared, expected[market.live])
    assert (feared > 0.0).any() == enforced


def huge(rows: Any) -> Any:
    """Return more than any borrower would risk for its guarantors, (n,), CNY."""
    return np.full(rows.size, 1e12)


def test_more_fear_means_fewer_diversions_and_none_is_felt_where_no_loan_is_called() -> None:
    simulation = rough(kind="hold", months=24)
    market = simulation.market
    month = BankMonth(market, market.month, simulation._after, simulation.after)
    for called in (0.0, 1.0):
        flags = np.full(market.lenders, called)
        alone, with_them = divert(month, flags), divert(month, flags, huge)
        assert alone is not None
        assert with_them is not None
        assert set(with_them.rows) <= set(alone.rows)
        assert alone.rows.size > 0
        assert (with_them.rows.size < alone.rows.size) == (called == 1.0)
