"""Kinds of security: who has what, how it moves in price, what it brings, whom it disciplines."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.mechanisms.diversion import Temptation, divert
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.loans import Security
from sim.state.market import NEVER, Market
from sim.state.month import Month
from sim.state.regulation import Regulation
from sim.world import assets, resolution
from sim.world.assets import Assets
from sim.world.collateral import CollateralPrices, reprice
from sim.world.resolution import Resolution, true_loss_share
from tests.model.worlds import advanced, scenario

NOTHING = {"cover": 0.0}
RICH = {"property_owned": 1.0, "property_value": 100.0, "log_sd": 0.0}


def diverting(market: Market, rule: Temptation) -> np.ndarray:
    """Return who begins to divert in month 3, where the bank calls and nobody is listed."""
    law = Regulation(misuse_penalty=1.0, listed_months=0)
    month = Month(market, 3, {Temptation: rule, Regulation: law})
    found = divert(month, np.ones(market.lenders))
    assert found is not None
    return found.rows


def begun(collateral: dict[str, Any], months: int = 6, **content: Any) -> Simulation:
    firms = {"count": 500, "demand": {"need_monthly": 0.3}} | content.pop("firms", {})
    bank = {"collateral": collateral, "approval": {"kind": "all"}, "pricing": {"kind": "flat"}}
    world = scenario(bank | content.pop("bank", {}), firms=firms, burn_in={"months": 0}, **content)
    return advanced(Simulation(world, [1]), months)


def numbers(simulation: Simulation) -> bytes:
    months = result_of(simulation.market, simulation.recorder).months
    return months.drop(columns="bank").to_numpy(float).tobytes()


def test_where_all_have_land_and_only_land_is_taken_it_is_a_pledge_to_the_bit() -> None:
    land = {"cover": 0.5, "haircut": 0.3, "cost": 600.0}
    mixed = {"kind": "mixed", "real_estate": land, "movables": NOTHING, "guarantor": NOTHING}
    mixed["search"] = 0.0
    given: dict[str, Any] = {"firms": {"assets": RICH}, "bank": {"pricing": {"kind": "flat"}}}
    one, other = (begun(kind, 14, **given) for kind in (mixed, {"kind": "pledge"}))
    assert numbers(one) == numbers(other)


@pytest.mark.parametrize("field", Assets.model_fields)
def test_what_firms_own_is_nothing_to_a_bank_that_does_not_ask(field: str) -> None:
    other = {field: 0.9 if field != "log_sd" else 0.1}
    one = begun({"kind": "pledge"}, 8)
    assert numbers(one) == numbers(begun({"kind": "pledge"}, 8, firms={"assets": other}))


def test_shares_of_owners_and_medians_are_as_declared_and_for_life() -> None:
    simulation = begun({"kind": "none"}, 1, firms={"count": 20_000})
    market, rows, rules = simulation.market, np.arange(20_000), Assets()
    owned = assets.owned(market, rows, rules)
    turnover = market.firms.turnover
    for worth, chance, median in (
        (owned.property / turnover, 0.5, 0.3),
        (owned.guarantor, 0.6, 4e5),
    ):
        has = worth > 0.0
        assert has.mean() == pytest.approx(chance, abs=4 * math.sqrt(0.25 / 20_000))
        # the standard error of the mean logarithm is .8 / sqrt(n)
        log = np.log(worth[has] / median)
        assert log.mean() == pytest.approx(0.0, abs=4 * 0.8 / math.sqrt(has.sum()))
        assert log.std() == pytest.approx(0.8, rel=0.03)
    np.testing.assert_allclose(owned.movables, 0.15 * turnover)
    both = np.corrcoef(owned.property > 0, owned.guarantor > 0)[0, 1]
    assert abs(both) < 4 / math.sqrt(20_000)
    advanced(simulation, 3)
    same = market.firms.generation == 0
    again = assets.owned(market, rows, rules)
    np.testing.assert_array_equal(again.property[same], owned.property[same])


def test_each_firm_brings_the_better_of_what_it_has_and_a_guarantor_for_the_rest() -> None:
    """The rule worked out anew firm by firm, in plain arithmetic."""
    simulation = begun({"kind": "mixed"}, 1)
    market, loans = simulation.market, simulation.market.loans
    new = market.live_at(0)[loans.granted[market.live_at(0)] == 1]
    owned = assets.owned(market, new, Assets())
    seen = set()
    for k, i in enumerate(new):
        amount = float(loans.principal[i])
        land = min(0.7, owned.property[k] / amount)
        things = min(0.7, owned.movables[k] / amount)
        kind, value = (0, land) if 0.7 * land >= 0.5 * things else (1, things)
        person = min(max(1.0 - value, 0.0), owned.guarantor[k] / amount)
        assert loans.security[i] == kind
        assert loans.collateral[i] == pytest.approx(value * amount)
        assert loans.guaranteed[i] == pytest.approx(person * amount, rel=1e-6)
        seen |= {("pledged", kind), ("guaranteed", person > 0.0)}
    assert len(seen) == 4, "some kind of firm was not among them"
    cost = sum(  # at a cover of .7 of 1,000 and of 800, and of once 300
        (700.0 if loans.security[i] == 0 else 560.0) + 300.0 * (loans.guaranteed[i] > 0.0)
        for i in new
    )
    free = {part: {"cost": 0.0} for part in ("real_estate", "movables", "guarantor")}
    unpriced = begun({"kind": "mixed"} | free, 1).market.ledger.file_cost[0]
    assert market.ledger.file_cost[0] - unpriced == pytest.approx(cost)


def test_a_least_cover_turns_away_those_who_own_too_little_and_nobody_else() -> None:
    kinds = {"kind": "mixed", "movables": NOTHING, "guarantor": NOTHING}
    strict, open_ = (begun(kinds | {"least": least}, 1).market for least in (0.3, 0.0))
    rows = open_.live_at(0)
    owned = assets.owned(open_, rows, Assets())
    counted = 0.7 * np.minimum(0.7, owned.property / open_.loans.principal[rows])
    np.testing.assert_array_equal(strict.live_at(0), rows[counted >= 0.3])
    assert 0.2 < np.mean(counted >= 0.3) < 0.8


def test_who_brings_exactly_the_least_is_not_refused_for_its_last_digit() -> None:
    land = {"kind": "mixed", "movables": NOTHING, "guarantor": NOTHING}
    rich = {"assets": RICH}
    all_, least = (begun(land | {"least": x}, 1, firms=rich).market for x in (0.0, 0.49))
    assert all_.live_at(0).size > 50
    np.testing.assert_array_equal(all_.live_at(0), least.live_at(0))


def test_prices_move_by_kind() -> None:
    """Without luck: land as declared, things by half the economy and faster wear, invoices not."""
    simulation = begun({"kind": "pledge", "cover": 1.0}, 3)
    market, loans, rows = simulation.market, simulation.market.tables.loans, simulation.market.live
    loans.security[rows] = np.arange(rows.size) % 3
    loans.dpd[rows] = 30 * (np.arange(rows.size) % 2)
    market.tables.economy.macro_change[:] = -0.5
    before = loans.collateral[rows].copy()
    still = CollateralPrices.model_validate(
        {"volatility": 0.0, "movables": {"volatility": 0.0}, "shock": -0.2, "shock_month": 4}
    )
    priced = reprice(market, still, 4)
    kept = rows[before > 0.0]
    np.testing.assert_array_equal(priced.rows, kept)
    ratio = priced.value / before[before > 0.0]
    kind, late = loans.security[kept], loans.dpd[kept] > 0
    np.testing.assert_allclose(ratio[kind == 0], 0.8 * math.exp(-0.02 / 12 - 0.04))
    np.testing.assert_allclose(ratio[kind == 1], 0.8 * math.exp(-0.15 / 12 - 0.02))
    np.testing.assert_allclose(ratio[(kind == 2) & late], 0.9)
    np.testing.assert_allclose(ratio[(kind == 2) & ~late], 1.0)


def workouts(kind: Security, cover: float, liable: float, **rules: float) -> np.ndarray:
    """Return the shares recovered of 2,000 loans that default at once, secured alike."""
    simulation = begun(
        {"kind": "none"}, 1, firms={"count": 20_000, "demand": {"need_monthly": 1.0}}
    )
    market, loans = simulation.market, simulation.market.tables.loans
    rows = market.live_at(0)[:2_000]
    loans.security[rows] = kind
    loans.collateral[rows] = cover * loans.balance[rows]
    loans.guaranteed[rows] = liable * loans.balance[rows]
    plain = Resolution(spread=0.0, **rules)
    return resolution.open_workouts(market, rows, plain, 2).share


@pytest.mark.parametrize(
    ("kind", "of_secured"),
    [(Security.PROPERTY, 0.7), (Security.MOVABLES, 0.5), (Security.INVOICES, 0.6)],
)
def test_a_forced_sale_brings_what_its_kind_brings(kind: Security, of_secured: float) -> None:
    expected = of_secured * 0.5 + 0.3 * 0.5
    np.testing.assert_allclose(workouts(kind, 0.5, 0.0), expected)
    promised = true_loss_share(
        np.array([0.5]), np.array([kind], np.int8), np.zeros(1), Resolution(), 0.05
    )
    assert promised[0] == pytest.approx(1.0 - 0.92 / 1.05**2 * expected)


def test_a_guarantor_pays_sometimes_and_never_more_than_is_lost() -> None:
    # half covered by land: .7 x .5 + .3 x .5 = .5 comes back without a guarantor
    share = workouts(Security.PROPERTY, 0.5, 0.2)
    paid = share > 0.6
    np.testing.assert_allclose(share[paid], 0.7, rtol=1e-6)
    np.testing.assert_allclose(share[~paid], 0.5)
    assert paid.mean() == pytest.approx(0.4, abs=4 * math.sqrt(0.24 / 2_000))
    promised = true_loss_share(
        np.array([0.5]), np.zeros(1, np.int8), np.array([0.2]), Resolution(), 0.05
    )
    assert promised[0] == pytest.approx(1.0 - 0.92 / 1.05**2 * (0.5 + 0.4 * 0.2))
    assert workouts(Security.PROPERTY, 0.5, 0.9, guarantor_pays=1.0) == pytest.approx(1.0)
    assert workouts(Security.PROPERTY, 0.5, 0.9, guarantor_pays=0.0) == pytest.approx(0.5)


def test_a_guarantor_shifts_the_temptation_by_what_the_borrower_would_owe_to_him() -> None:
    """At P = .5 a liability G weighs .5 kappa h_G G, to be beaten by the gain .5 omega .03 d U."""
    simulation = begun({"kind": "none"}, 2)
    market, tables = simulation.market, simulation.market.tables
    rows = market.live_at(0)
    loan, kappa = tables.loans.balance[rows], market.firms.opportunism[rows].astype(float)
    tables.firms.diverting[rows] = False
    tables.loans.diverted[rows] = NEVER
    tables.loans.remaining[rows] = 1
    tables.loans.rate[rows] = 0.05
    tables.loans.project_left[rows] = 2
    tables.loans.project_income[rows] = loan / 2
    tables.books.proof_chances[:] = 0.5 * tables.books.loan_months
    rule = Temptation(omega=100.0, taken=0.4, call_loss=0.0, guarantor_loss=0.25)
    indifferent = 100.0 * 0.03 * 0.4 * loan / (kappa * 0.25)
    for factor, diverts in ((0.99, True), (1.01, False)):
        tables.loans.guaranteed[rows] = factor * indifferent
        assert np.isin(rows, diverting(market, rule)).all() == diverts
        assert np.isin(rows, diverting(market, rule)).any() == diverts


def test_a_guarantor_keeps_borrowers_honest_and_losses_small() -> None:
    given: dict[str, Any] = {"horizon": 30, "firms": {"temptation": {"omega": 3.0}, "count": 800}}
    alone = {"kind": "mixed", "real_estate": NOTHING, "movables": NOTHING}
    with_, without = (
        result_of(one.market, one.recorder).summary
        for one in (begun(alone, 30, **given), begun(alone | {"guarantor": NOTHING}, 30, **given))
    )
    assert with_["diverting_share"].mean() < without["diverting_share"].mean()
    assert with_["realised_lgd"].mean() < without["realised_lgd"].mean()


def test_the_book_counts_each_kind_by_itself() -> None:
    market = begun({"kind": "mixed"}, 5).market
    loans, live = market.loans, market.live_at(0)
    gross = market.books.gross_loans[0]
    for kind in (Security.PROPERTY, Security.MOVABLES, Security.INVOICES):
        pledged = loans.collateral[live][loans.security[live] == kind].sum()
        assert market.books.mean_cover[kind, 0] == pytest.approx(pledged / gross)
    liable = loans.guaranteed[live].sum(dtype=float)
    assert market.books.mean_cover[Security.GUARANTOR, 0] == pytest.approx(liable / gross)
    assert liable > 0.0


def test_looking_for_what_a_firm_owns_costs_the_same_whatever_is_decided() -> None:
    """Where the rate is fixed nothing else moves, so the bill is what was looked into."""
    fixed = {"bank": {"pricing": {"kind": "flat", "fixed": 0.08}}}
    free, dear = (begun({"kind": "mixed", "search": s}, 8, **fixed) for s in (0.0, 400.0))
    one, other = (result_of(s.market, s.recorder).months.sum(numeric_only=True)
                  for s in (free, dear))  # fmt: skip
    looked_into = one["decided"] + one["walked_away"]
    assert looked_into > one["taken"] > 0
    assert other["file_cost"] - one["file_cost"] == pytest.approx(400.0 * looked_into)
