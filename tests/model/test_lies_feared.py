"""False statements: firms fear what was caught at a bank, never what is prescribed there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.pricing import basis
from sim.model.proposal import proposal_for
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.world.asking import strictest
from sim.world.demand import Demand, apply_for_credit
from tests.model.worlds import advanced, scenario

FEARS: dict[str, Any] = {
    "need_monthly": 0.3, "usual_verification": 0.15,
}  # fmt: skip


def bank(detection: float, executed: float, **more: Any) -> dict[str, Any]:
    return {
        "screening": {"kind": "investigation", "cross_check": {"detection": detection}},
        "pricing": {"kind": "risk_based"},
        "approval": {"kind": "cut_off", "pd_max": 0.5},
        "staffing": {"kind": "officers", "execution_base": executed, "execution_by_culture": 0.0},
    } | more


def lived(*banks: dict[str, Any], months: int = 18, **demand: Any) -> Simulation:
    firms = {"count": 400, "demand": FEARS | demand}
    world = scenario(*banks, firms=firms, burn_in={"months": 0}, horizon=months)
    return advanced(Simulation(world, [1, 2]), months)


def asking(simulation: Simulation) -> Any:
    """Return who would apply next month if every firm needed a loan."""
    demand = Demand.model_validate(FEARS | {"need_monthly": 1.0})
    market = simulation.market
    return apply_for_credit(market, demand, market.month + 1)


def months(simulation: Simulation) -> Any:
    return result_of(simulation.market, simulation.recorder).months


@pytest.mark.parametrize("asked", [1, 2])
def test_a_paper_check_changes_nothing_at_all(asked: int) -> None:
    """Prescribed and never carried out, whatever is prescribed: every column, to the last bit."""
    other = bank(0.25, 0.5)
    pages = [
        months(lived(bank(detection, 0.0), other, banks_asked=asked)) for detection in (0.25, 0.95)
    ]
    lent = pages[0][pages[0]["bank"] == "bank 0"]
    assert lent["booked_lying"].sum() > 10 < lent["rate_volume"].sum()
    assert pages[0].to_csv() == pages[1].to_csv()


def test_either_leak_would_be_seen_by_this_test() -> None:
    """Carried out, the same checks frighten liars and raise prices."""
    strict = [bank(detection, 1.0) for detection in (0.25, 0.95)]
    feared = [months(lived(one)) for one in strict]
    assert feared[0]["booked_lying"].sum() > feared[1]["booked_lying"].sum()
    assert feared[0]["rate_volume"].sum() != feared[1]["rate_volume"].sum()


def test_checks_that_are_carried_out_keep_firms_honest() -> None:
    share = {}
    for detection in (0.0, 0.95):
        simulation = lived(
            bank(detection, 1.0, approval={"kind": "cut_off", "pd_max": 0.5, "listing_months": 0}),
            months=24,
        )
        books, first = simulation.market.books, simulation.market.books_at(0)
        share[detection] = asking(simulation).lying.mean()
        view = books.lie_chances[first] / books.statements_made[first]
        assert np.abs(view - detection).max() < 0.07  # what is left of the start
    assert share[0.95] < 0.7 * share[0.0]


def test_the_view_counts_chances_at_checks_carried_out_and_fades() -> None:
    simulation = lived(bank(0.4, 0.5), months=1)
    market, page = simulation.market, months(simulation)
    start = 50.0 * 0.4 * 0.5 ** (1.0 / 12.0)
    for run in range(2):
        book = run * 2
        made = market.books.statements_made[book] - start
        found = (market.books.lie_chances[book] - 0.15 * start) / 0.4
        assert made == pytest.approx(page["applications"].iloc[run], abs=1e-9)
        assert made > 50
        assert found == pytest.approx(round(found), abs=1e-9)
        assert 0.2 < found / made < 0.8
        assert market.books.statements_made[book + 1] == pytest.approx(20.0)  # the rival's stays


@pytest.mark.parametrize("rule", [{"kind": "all"}, {"kind": "cut_off", "pd_max": 1.0}])
@pytest.mark.parametrize("listing_months", [0, 24])
def test_lies_are_feared_only_where_who_is_found_is_refused(
    rule: dict[str, Any], listing_months: int
) -> None:
    approval = rule | {"listing_months": listing_months}
    books = lived(bank(0.9, 1.0, approval=approval), months=24).market.books
    view = books.lie_chances[0] / books.statements_made[0]
    lent_to = rule["kind"] == "all" and listing_months == 0
    assert (view > 0.8) == (not lent_to)
    assert not lent_to or view < 0.02  # what is left of the start


def test_officers_who_keep_silent_catch_nobody() -> None:
    """What an officer does not report frightens nobody, however good the check."""
    silent = {"labour": {"open_to_favours": 1.0, "favour": 1.0}}
    world = scenario(
        bank(0.9, 1.0), firms={"count": 400, "demand": FEARS}, burn_in={"months": 0},
        economy=silent, horizon=6,
    )  # fmt: skip
    market = advanced(Simulation(world, [1]), 6).market
    start = 50.0 * 0.4 * 0.5**0.5
    assert market.books.statements_made[0] > start + 10.0
    assert market.books.lie_chances[0] == pytest.approx(0.15 * start)


def test_firms_go_by_the_view_of_their_own_run_and_bank() -> None:
    simulation = lived(bank(0.9, 1.0), bank(0.9, 1.0), months=3)
    market, demand = simulation.market, Demand.model_validate(FEARS | {"need_monthly": 1.0})
    books = market.tables.books
    books.statements_made[:] = 100.0
    books.lie_chances[:] = [0.0, 100.0, 0.0, 100.0, 0.0, 0.0]  # run 0: bank 1, run 1: bank 0
    found = apply_for_credit(market, demand, market.month + 1)
    run = market.firms.run[found.rows]
    shares = {
        (one, at): found.lying[(run == one) & (found.lender == at)].mean()
        for one in (0, 1) for at in (0, 1)
    }  # fmt: skip
    assert min(shares[0, 0], shares[1, 1]) > 2.0 * max(shares[0, 1], shares[1, 0]) > 0.0


def test_the_strictest_bank_is_that_of_the_firms_own_run() -> None:
    rows, lender = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1], np.int8)
    view = np.array([[0.1, 0.2, 0.9], [0.4, 0.3, 0.9]])
    found = strictest(rows, lender, np.array([0, 1], np.int32), view)
    np.testing.assert_array_equal(found, [1, 1, 0, 0])


def test_a_rate_carries_the_share_of_a_file_that_is_carried_out() -> None:
    simulation = lived(bank(0.9, 0.25), months=2)
    market, economy = simulation.market, simulation.scenario.economy
    (one,) = simulation.after
    rows = np.flatnonzero(market.requests[0].lender == 0)
    assert rows.size > 5
    files = one.view(market, rows)
    firms = simulation.scenario.firms
    proposed = proposal_for(one, market, files, firms, economy)
    computed = basis(one, market, files, files.applications_pd, proposed, firms, economy)
    steps = sum(step.cost for step in one.policy.screening.steps())
    np.testing.assert_allclose(computed.file_cost, one.decision_cost + 0.25 * steps)
