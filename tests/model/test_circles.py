"""Guarantee circles: who guarantees whom, who falls with whom, and what banks make of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.core.arrays import Floats
from sim.core.errors import BooksError
from sim.mechanisms import calling
from sim.mechanisms.calling import Calling, Calls, calls, claims
from sim.mechanisms.diversion import divert
from sim.mechanisms.guarantees import Guarantees, bring_guarantors, promised
from sim.model import circles, counting_on
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.pricing import basis
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.policies.collateral.base import Secured
from sim.state.guarantors import CALLED_FIRMS, CLAIMS, GUARANTORS, components, sizes_of_components
from sim.state.ledger import LEDGER
from sim.state.market import NEVER, Market
from sim.state.month import Month
from sim.state.posting import Written, posting
from sim.state.temptation import Temptation
from tests.model.worlds import advanced, differing, scenario
from tests.steps import replace_posting, replace_rule

SIZES = Path(__file__).parents[2] / "data/guarantee_components.csv"
ON: dict[str, Any] = {"guarantees": {"share": 0.6}}
EASY: dict[str, Any] = {
    "approval": {"kind": "all"}, "staffing": {"kind": "none"}, "monitoring": {"kind": "none"},
}  # fmt: skip
ROUGH: dict[str, Any] = {"count": 300, "volatility": 0.2, "demand": {"need_monthly": 0.15}}


def rough(months: int = 30, mechanisms: Any = ON, **recall: Any) -> Simulation:
    """Return a market of many defaults, lived to its end with its books checked."""
    bank = EASY | {"recall": recall or {"kind": "hold"}}
    world = scenario(
        bank, firms=ROUGH, mechanisms=mechanisms, horizon=months, burn_in={"months": 6}
    )
    return advanced(Simulation(world, [1, 2]), months)


def total(simulation: Simulation, column: str) -> float:
    return float(result_of(simulation.market, simulation.recorder).months[column].sum())


# --- who guarantees whom ------------------------------------------------------------------------


def edges(market: Market) -> Iterator[tuple[int, int, int]]:
    """Yield borrower, guarantor and place of every guarantee, read from the table."""
    table = market.table(GUARANTORS)
    for i in market.live_at(0):
        for place in range(2):
            if number := int(table.firm[place, i]):
                run = int(market.firms.run[i])
                yield int(i), run * market.firms_per_run + number - 1, place


def test_guarantors_are_other_firms_of_the_sector_and_cover_the_loan() -> None:
    market = rough().market
    table, loans, firms = market.table(GUARANTORS), market.loans, market.firms
    found = list(edges(market))
    assert len(found) > 50
    for i, g, _ in found:
        assert i != g
        assert firms.run[i] == firms.run[g]
    same = [firms.sector[i] == firms.sector[g] for i, g, _ in found if firms.born[g] < 0]
    assert all(same)
    fresh = ~table.asked[market.live_at(0)] & (table.firm[0, market.live_at(0)] > 0)
    rows = market.live_at(0)[fresh]
    np.testing.assert_allclose(table.liable[:, rows].sum(axis=0), loans.principal[rows])


def test_components_are_those_of_a_search_through_the_graph() -> None:
    market = rough().market
    near: dict[int, set[int]] = {}
    for i, g, _ in edges(market):
        if market.firms.alive[g] and market.firms.born[g] < market.loans.granted[i]:
            near.setdefault(i, set()).add(g)
            near.setdefault(g, set()).add(i)
    expected, seen = [], set()
    for start in near:
        queue, size = [start], 0
        while queue:
            one = queue.pop()
            if one not in seen:
                seen.add(one)
                size += 1
                queue += near[one]
        expected += [size] * (size > 0)
    np.testing.assert_array_equal(sizes_of_components(market, 0), sorted(expected))
    roots = components(market, 0)
    assert all(roots[i] == roots[g] for i in near for g in near[i])


def test_components_are_as_large_as_those_of_a_chinese_bank() -> None:
    """Firms in components of 3, 10, 20 or more: .30, .17, .10; distance of sizes at most .05."""
    data = pd.read_csv(SIZES)
    published = np.repeat(data["component_size"], data["count"]).to_numpy()
    bank = {"approval": {"kind": "all"}, "staffing": {"kind": "none"}}
    firms = {"count": 3000, "demand": {"need_monthly": 0.035}}
    world = scenario(
        bank, firms=firms, mechanisms=ON, horizon=12, burn_in={"months": 36}
    )  # fmt: skip
    found = []
    simulation = Simulation(world, list(range(1, 7)))
    for month in (0, 6, 12):
        found.append(sizes_of_components(advanced(simulation, month).market, 0))
    sizes = np.concatenate(found)
    assert distance(sizes, published) < 0.05
    for least in (3, 10, 20):
        assert in_larger(sizes, least) == pytest.approx(in_larger(published, least), abs=0.05)


def in_larger(sizes: Any, least: int) -> float:
    """Return the share of firms in components of at least `least`."""
    return float(sizes[sizes >= least].sum() / sizes.sum())


def distance(one: Any, other: Any) -> float:
    """Return the total variation distance between two histograms of sizes."""
    length = int(max(one.max(), other.max())) + 1
    shares = [np.bincount(sizes, minlength=length) / sizes.size for sizes in (one, other)]
    return float(0.5 * np.abs(shares[0] - shares[1]).sum())


def test_guarantees_on_paper_change_nothing_else() -> None:
    off = rough(mechanisms={}).market
    on = rough(kind="hold", enforced=False).market
    assert list(edges(on))
    assert not list(edges(off))
    assert differing(on, 0, off, 0) == []


def test_a_run_with_circles_is_the_same_whichever_runs_share_its_tables() -> None:
    bank = EASY | {"recall": {"kind": "call"}}
    world = scenario(bank, firms=ROUGH, mechanisms=ON, horizon=24, burn_in={"months": 6})
    both = advanced(Simulation(world, [1, 2]), 24).market
    alone = advanced(Simulation(world, [2]), 24).market
    assert differing(both, 1, alone, 0) == []
    for name in ("firm", "liable"):
        side_by_side = getattr(both.table(GUARANTORS), name)[:, both.firms_per_run :]
        np.testing.assert_array_equal(side_by_side, getattr(alone.table(GUARANTORS), name))


# --- who pays -----------------------------------------------------------------------------------


def test_what_guarantors_pay_leaves_their_cash_and_stands_in_the_books() -> None:
    simulation = rough(kind="hold")
    market = simulation.market
    assert total(simulation, "guarantors_called") > 20
    assert total(simulation, "paid_by_guarantors") > 1e6
    assert market.table(CALLED_FIRMS).paid.max() > 0.0
    assert (market.table(GUARANTORS).liable >= -1e-6).all()
    assert total(simulation, "defaults_guarantor_called") > 0
    assert total(simulation, "defaults_guarantor_called") <= total(simulation, "defaults")


def test_how_long_a_call_is_a_cause_changes_that_count_alone() -> None:
    books = [
        result_of(simulation.market, simulation.recorder).months
        for simulation in (
            rough(mechanisms=ON | {"calling": {"followed_by": months}})
            for months in (0, 6, 12, 600)
        )
    ]
    counted = [months.pop("defaults_guarantor_called").sum() for months in books]
    assert counted == sorted(counted)
    assert counted[0] < counted[1] < counted[3]  # it takes over three months to default
    for months in books[1:]:
        pd.testing.assert_frame_equal(months, books[0])


def test_a_payment_that_no_firm_makes_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    @posting(writes=calling.post_calls.writes)
    def twice(to: Written, fact: Calls) -> None:
        calling.post_calls.write(to, fact)
        to.table(LEDGER).paid_by_guarantors[:] *= 2.0

    replace_posting(monkeypatch, calling.post_calls, twice)
    with pytest.raises(BooksError, match="paid by guarantors"):
        rough(kind="hold")


# --- who falls with whom: an exact threshold cascade --------------------------------------------

FIRMS = 120  # of those that have a loan
STILL: dict[str, Any] = {
    "count": 300, "margin": 0.0, "volatility": 0.0, "entry": False,
    "earnings": {
        "quality_effect": 0.0, "macro_effect": 0.0, "sector_effect": 0.0, "ruin_chance": 0.0,
    },
    "sectors": {"all": {"share": 1.0}},
    "demand": {"need_monthly": 1.0, "tenor_shares": [0, 0, 0, 0, 1]},
    "temptation": {"omega": 0.0}, "treasury": {"owner_buffer": 120.0},
    "take_up": {"rival_available": 0.0, "walk_away_daily": 0.0},
}  # fmt: skip
SLACK = 1_000.0  # CNY: no threshold is nearer, so a yuan of dues a month decides nothing


def quiet(links: Any, cash: Floats) -> tuple[Simulation, Any]:
    """Return a market without income in which firm k guarantees as `links` (2, n) say, and slots.

    Each firm has a loan on which a yuan falls due a month; guarantors owe all of it in equal parts.
    """
    bank = EASY | {"workout": {"kind": "write_off", "months": 120}}
    world = scenario(
        bank, firms=STILL, horizon=60, burn_in={"months": 0},
        mechanisms={"guarantees": {"share": 1e-9}}, economy={"resolution": {"mean_months": 120.0}},
    )  # fmt: skip
    simulation = advanced(Simulation(world, [1]), 4)
    market = simulation.market
    loans, table = market.tables.loans, market.writable(GUARANTORS)
    slots = market.live[:FIRMS]
    assert slots.size == FIRMS
    loans.remaining[:] = 1000
    loans.rate[:] = 0.0
    loans.schedule[:] = 0
    loans.instalment[:] = 1.0
    loans.project_left[:] = 0
    market.tables.relations.listed_until[:] = 1000  # nobody borrows again
    market.tables.firms.cash[:] = 1e8
    market.tables.firms.cash[slots] = cash
    table.firm[:, slots] = np.where(links >= 0, slots[links] + 1, 0)
    parts = np.maximum((links >= 0).sum(axis=0), 1)
    table.liable[:, slots] = loans.balance[slots] / parts
    return simulation, slots


def fallen_by_hand(links: Any, cash: Floats, claim: Floats) -> set[int]:
    """Return who falls: who has nothing, and whoever is asked for more than it has by the fallen.

    `claim` (2, n) is what each guarantor of a fallen firm is asked for.
    """
    fallen = {k for k in range(cash.size) if cash[k] == 0.0}
    while True:
        asked = np.zeros(cash.size)
        for k in fallen:
            for place in range(2):
                if links[place, k] >= 0:
                    asked[links[place, k]] += claim[place, k]
        assert np.abs(asked - cash)[asked > 0.0].min(initial=np.inf) > SLACK
        more = {k for k in range(cash.size) if asked[k] >= cash[k]} | fallen
        if more == fallen:
            return fallen
        fallen = more


@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5, 6])  # where more fall than begin to
def test_who_falls_is_who_falls_in_an_exact_threshold_cascade(seed: int) -> None:
    random = np.random.default_rng(seed)
    links = np.array([random.choice(np.delete(np.arange(FIRMS), k), 2, replace=False)
                      for k in range(FIRMS)]).T  # fmt: skip
    links[1, random.random(FIRMS) < 0.6] = -1
    links[0, random.random(FIRMS) < 0.2] = links[0, 0]  # one for many
    links[0, links[0] == np.arange(FIRMS)] = -1
    links[1, (links[0] < 0) | (links[0] == links[1])] = -1
    cash = random.uniform(1e4, 8e5, FIRMS)
    cash[random.choice(FIRMS, 4, replace=False)] = 0.0
    simulation, slots = quiet(links, cash)
    market = simulation.market
    claim = market.table(GUARANTORS).liable[:, slots].copy()
    expected = fallen_by_hand(links, cash, claim)
    assert 4 < len(expected) < FIRMS
    advanced(simulation, 4 + 52)
    fallen = {int(k) for k in np.flatnonzero(market.loans.default_month[slots] > NEVER)}
    assert fallen == expected


def test_two_claims_on_one_guarantor_share_its_cash() -> None:
    links = np.full((2, FIRMS), -1)
    links[0, :2] = 5
    simulation, slots = quiet(links, np.where(np.arange(FIRMS) == 5, 1e3, 1e6))
    market = simulation.market
    table, each = market.table(GUARANTORS), market.firms_per_run
    rule, balance = Calling().record(), market.loans.balance
    payers, paid = claims(slots[:2], each, True, market.firms, market.loans, table, rule)
    assert (payers[0] == slots[5]).all()
    assert paid.sum() == pytest.approx(1_000.0)
    assert paid[0, 0] / paid[0, 1] == pytest.approx(balance[slots[0]] / balance[slots[1]])


def test_who_is_liable_for_nothing_or_has_left_is_not_called() -> None:
    links = np.full((2, FIRMS), -1)
    links[0, :3] = [5, 6, 7]
    simulation, slots = quiet(links, np.full(FIRMS, 1e6))
    market = simulation.market
    market.tables.loans.dpd[slots[:3]] = 200
    market.writable(GUARANTORS).liable[0, slots[1]] = 0.0
    market.tables.firms.alive[slots[7]] = False
    month = Month(market, market.month, {Calling: Calling()})
    found = calls(month, 0, 3, True, 0.0, 0.0)
    assert found is not None
    assert found.rows.tolist() == [slots[0]]
    market.writable(GUARANTORS).liable[0, slots[0]] = 0.0
    assert calls(month, 0, 3, True, 0.0, 0.0) is None


# --- what is counted on, and feared -------------------------------------------------------------


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
    with_them = basis(bank, market, files, np.full(rows.size, 0.04), security, firms, economy)
    bank.guarantees = Guarantees()
    without = basis(bank, market, files, np.full(rows.size, 0.04), security, firms, economy)
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
    feared = circles.called_for_misuse(month)
    assert feared is not None
    expected, window = np.zeros(market.slots), month.params(Temptation).window
    table, firms, loans = market.table(GUARANTORS), market.firms, market.loans
    for i, g, place in edges(market):
        there = firms.alive[g] and firms.born[g] < loans.granted[i]
        if there and market.month - loans.granted[i] <= window:
            expected[i] += enforced * table.liable[place, i]
    np.testing.assert_allclose(feared, expected[market.live])
    assert (feared > 0.0).any() == enforced


def test_more_fear_means_fewer_diversions_and_none_is_felt_where_no_loan_is_called() -> None:
    simulation = rough(kind="hold", months=24)
    market = simulation.market
    month = BankMonth(market, market.month, simulation._after, simulation.after)
    partners = np.full(market.live.size, 1e12)
    for called in (0.0, 1.0):
        flags = np.full(market.lenders, called)
        alone, with_them = divert(month, flags), divert(month, flags, partners)
        assert alone is not None
        assert with_them is not None
        assert set(with_them.rows) <= set(alone.rows)
        assert alone.rows.size > 0
        assert (with_them.rows.size < alone.rows.size) == (called == 1.0)


# --- what banks make of it ----------------------------------------------------------------------


def test_a_recall_demands_loans_of_circles_with_a_default() -> None:
    hold, call = rough(kind="hold"), rough(kind="call")
    assert total(hold, "recalled") == 0.0
    assert total(call, "recalled") > 20
    assert total(call, "principal_repaid") > total(hold, "principal_repaid")
    assert total(call, "monitoring_cost") > total(hold, "monitoring_cost")


def test_a_longer_term_is_given_to_those_that_pay() -> None:
    hold, longer = rough(kind="hold"), rough(kind="restructure")
    assert total(longer, "eased") > total(hold, "eased")
    assert total(longer, "defaults_restructured") == total(hold, "defaults_restructured")


def test_only_a_bank_that_pays_for_it_sees_guarantees_of_other_banks_loans() -> None:
    def recalled(sees_all: bool) -> float:
        bank = EASY | {"recall": {"kind": "call", "sees_all": sees_all}}
        world = scenario(bank, bank, firms=ROUGH, mechanisms=ON, horizon=24, burn_in={"months": 6})
        return total(advanced(Simulation(world, [1, 2]), 24), "recalled")

    assert recalled(True) > recalled(False)
