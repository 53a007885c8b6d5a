"""What a guarantee fund covers: loans for which a fee was paid when they were granted, no others.

A bank that joins or leaves a fund does so from month 1 on; loans granted earlier keep their terms.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.facts import WorkoutTerms
from sim.state.market import NEVER, Market
from tests.steps import replace_posting

SHARE, PRICE = 0.4, 0.25
IN, OUT = {"fund_share": SHARE, "fund_cap": 1e6}, {"fund_share": 0.0, "fund_cap": 1e6}
BURN_IN = 20


def simulated(before: dict[str, float], after: dict[str, float], months: int) -> Simulation:
    """Return a branch whose loans end badly, under one fund's terms and then another's."""

    def bank(collateral: dict[str, float]) -> dict[str, Any]:
        return {
            "approval": {"kind": "all"},
            "collateral": {"kind": "pledge"} | collateral,
            "workout": {"kind": "sale", "months": 3, "price": PRICE},
        }

    scenario = Scenario.model_validate(
        {
            "horizon": months,
            "burn_in": {"months": BURN_IN, "banks": {"main": bank(before)}},
            "firms": {"count": 300, "volatility": 0.3, "demand": {"need_monthly": 0.2}},
            "banks": {"main": bank(after)},
        }
    )
    return Simulation(scenario, [1]).run()


def test_of_two_equal_losses_the_fund_bears_its_share_of_the_one_it_was_paid_for() -> None:
    market = simulated(OUT, IN, 12).market
    loans, books = market.tables.loans, market.tables.books
    own = market.live[market.loans.lender[market.live] == 0]
    sound = own[~market.loans.defaulted[own]]
    for slot, share in zip(sound[:2], (0.0, SHARE), strict=True):
        loans.defaulted[slot] = True
        loans.dpd[slot] = 120
        loans.recovery_due[slot] = market.month
        loans.recovery[slot] = 0.25
        loans.fund_share[slot] = share
    for slot in market.live:
        if slot not in sound[:2]:
            loans.recovery_due[slot] = NEVER
    # each owes 100,000 CNY, of which a quarter is collected now: 75,000 are lost on each
    books.gross_loans[0] += 200_000.0 - loans.balance[sound[:2]].sum()
    loans.balance[sound[:2]] = 100_000.0
    claims, cash = books.fund_claims[0], books.cash[0]
    market.tables.ledger.claimed[0] = 0.0
    due = books.workout_due[market.month % books.workout_due.shape[0], 0]
    terms = WorkoutTerms(np.full(2, 60.0), np.zeros(2), np.full(2, 1e6), 0.0, 1 / 6)
    post.workout(market, terms)
    assert market.ledger.claimed[0] == pytest.approx(0.4 * 75_000.0)
    # a sixth of earlier claims is settled in the month
    assert books.fund_claims[0] == pytest.approx(claims * 5 / 6 + 30_000.0)
    assert books.cash[0] == pytest.approx(cash + 2 * 25_000.0 + claims / 6 + due)


def claims_by_hand(market: Market) -> tuple[float, float]:
    """Return what is lost this month on loans granted before month 1 and from then on, CNY.

    Sold after three months as non-performing at a quarter of exposure; a receipt that is due first
    closes the loan, and the rest is lost.
    """
    loans, lost = market.loans, np.zeros(2)
    for i in market.live:
        if loans.lender[i] != 0 or not loans.defaulted[i] or loans.recovery_due[i] == NEVER:
            continue
        if loans.dpd[i] == 0:
            continue  # cured
        if market.month >= loans.recovery_due[i]:
            lost[int(loans.granted[i] >= 1)] += (1.0 - loans.recovery[i]) * loans.balance[i]
        elif loans.npl_months[i] > 3:
            lost[int(loans.granted[i] >= 1)] += (1.0 - PRICE) * loans.balance[i]
    return lost[0], lost[1]


@pytest.mark.parametrize(
    ("before", "after"), [(OUT, IN), (IN, OUT), (IN, IN)], ids=["joins", "leaves", "stays"]
)
def test_loans_keep_the_cover_that_they_were_granted_with(
    before: dict[str, float], after: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected: list[float] = []
    old = new = 0.0
    work_out = post.workout

    def note(market: Market, *terms: Any) -> None:
        nonlocal old, new
        if market.month >= 1:
            on_old, on_new = claims_by_hand(market)
            old, new = old + on_old, new + on_new
            expected.append(before["fund_share"] * on_old + after["fund_share"] * on_new)
        work_out(market, *terms)

    replace_posting(monkeypatch, post.workout, note)
    simulation = simulated(before, after, 24)
    assert min(old, new) > 1e6, "too few losses on old or on new loans to tell"
    claimed = simulation.recorder.column("claimed")[:, 0]
    np.testing.assert_allclose(claimed, expected, rtol=1e-6, atol=0.01)
    fees = simulation.recorder.column("fund_fees")[:, 0]
    assert (fees.sum() > 0) == (after["fund_share"] > 0)


def test_loans_of_a_rival_are_not_covered() -> None:
    market = simulated(IN, IN, 6).market
    rival = market.live[market.loans.lender[market.live] == market.rival]
    own = market.live[market.loans.lender[market.live] == 0]
    assert rival.size
    assert (market.loans.fund_share[rival] == 0.0).all()
    assert market.loans.fund_share[own] == pytest.approx(SHARE)
