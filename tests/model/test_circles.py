"""Guarantee circles: who guarantees whom, who pays, and what banks make of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import BooksError
from sim.mechanisms import calling
from sim.mechanisms.calling import Calls
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.state.circles import components
from sim.state.guarantors import CALLED_FIRMS, GUARANTORS
from sim.state.ledger import LEDGER
from sim.state.posting import Written, posting
from tests.model.rough_circles import (
    EASY,
    ON,
    ROUGH,
    edges,
    rough,
    sizes_of_components,
    total,
)
from tests.model.worlds import advanced, differing, scenario
from tests.steps import replace_posting

SIZES = Path(__file__).parents[2] / "data/guarantee_components.csv"


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
            rough(mechanisms=ON | {"followed_calls": {"within": months}})
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
